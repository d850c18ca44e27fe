import type { Layout } from '../layouts/layout.ts';

/** Angles that differ by less count as the same. */
const sameDeg = 0.5;

/** Channels of a layout that mirror each other, left one first, LFE left out; by nominal position. */
export function symmetricPairs({ loudspeakers }: Layout): (readonly [left: number, right: number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (const [left, speaker] of loudspeakers.entries()) {
    if (speaker.isLfe || !(speaker.nominalAzimuthDeg > 0) || speaker.nominalAzimuthDeg >= 180) continue;
    const right = loudspeakers.findIndex(
      (other) =>
        !other.isLfe &&
        Math.abs(other.nominalAzimuthDeg + speaker.nominalAzimuthDeg) < sameDeg &&
        Math.abs(other.nominalElevationDeg - speaker.nominalElevationDeg) < sameDeg,
    );
    if (right >= 0) pairs.push([left, right]);
  }
  return pairs;
}
