import type { Bed, BedChannel, SceneElement, TrackModes } from '../../scene/scene.ts';

/** The modes of a bed's channel: its own, else those of the bed. */
export const trackModesOf = (bed: Bed, own: BedChannel | undefined): TrackModes => ({
  binauralMode: own?.binauralMode ?? bed.binauralMode,
  trimBypass: own?.trimBypass ?? bed.trimBypass,
  headTracking: own?.headTracking ?? bed.headTracking,
});

/**
 * Gives an element the modes of its tracks; channels of a bed that differ from most of it have their own.
 * @param modes one for each track of the element, in their order
 */
export function withTrackModes(element: SceneElement, modes: readonly TrackModes[]): SceneElement {
  if (element.kind !== 'bed') return { ...element, ...statedOf(modes[0]!) };
  // An LFE has no place, and its mode is "off" in most masters: it does not decide.
  const heard = modes.filter((_, index) => !element.channels[index]!.isLfe);
  const deciding = heard.length > 0 ? heard : modes;
  const own: TrackModes = {
    binauralMode: commonest(deciding.map(({ binauralMode }) => binauralMode)),
    trimBypass: commonest(deciding.map(({ trimBypass }) => trimBypass)),
    headTracking: commonest(deciding.map(({ headTracking }) => headTracking)),
  };
  const channels = element.channels.map((channel, index) => ({
    ...channel,
    ...differenceOf(modes[index]!, own),
  }));
  return { ...element, ...statedOf(own), channels };
}

/** The modes that are stated; others stay as the element has them from elsewhere. */
const statedOf = (modes: TrackModes): Partial<TrackModes> =>
  Object.fromEntries(Object.entries(modes).filter(([, mode]) => mode !== undefined));

/** The modes that differ from those of the bed. */
const differenceOf = (modes: TrackModes, bed: TrackModes): Partial<TrackModes> =>
  Object.fromEntries(Object.entries(modes).filter(([name, mode]) => mode !== bed[name as keyof TrackModes]));

function commonest<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
