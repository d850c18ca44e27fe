/**
 * How a scene is heard live: encoded to third-order ambisonics, LFE channels in W as the binaural renderer has them in
 * both ears, and behind the ambisonics a head-locked pair with all that wants no HRTF. The page renders it so, and the
 * server measures it so.
 */
export const liveScene = {
  order: 3,
  channelCount: 18,
  settings: { ambisonics: { lfeDb: 0, headLocked: true } },
} as const;
