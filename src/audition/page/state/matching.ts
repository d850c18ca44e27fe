/** Loudness of a source as it is heard: undefined until it is measured, null in silence. */
export interface HeardSource {
  readonly id: string;
  readonly heardLufs: number | null | undefined;
}

/**
 * Loudness to which sources are matched: that of the reference, or of the quietest, so that no gain is above 0 dB and
 * nothing clips. Undefined while nothing is known of it.
 */
export const matchedLoudnessLufs = (
  sources: readonly HeardSource[],
  referenceId: string | undefined,
): number | undefined => {
  const known = sources.filter((source) => typeof source.heardLufs === 'number');
  const chosen = known.find((source) => source.id === referenceId);
  if (referenceId !== undefined) return chosen?.heardLufs ?? undefined;
  return known.length === 0 ? undefined : Math.min(...known.map((source) => source.heardLufs!));
};

/**
 * Gain in dB of each source that makes it as loud as `matchedLoudnessLufs`. Silence keeps 0 dB; what is not known yet
 * is left out.
 */
export const matchingGainsDb = (
  sources: readonly HeardSource[],
  referenceId: string | undefined,
): ReadonlyMap<string, number> => {
  const targetLufs = matchedLoudnessLufs(sources, referenceId);
  const gains = new Map<string, number>();
  for (const { id, heardLufs } of sources) {
    if (heardLufs === null) gains.set(id, 0);
    else if (heardLufs !== undefined && targetLufs !== undefined) gains.set(id, targetLufs - heardLufs);
  }
  return gains;
};
