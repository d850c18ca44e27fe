import type { Vec3 } from '../../base/coordinates.ts';
import type { Loudspeaker } from '../../layouts/layout.ts';
import { distance } from '../../math/vec3.ts';
import type { ChannelLock } from '../../scene/scene.ts';

/** Distances that differ less count as equal. */
const tolerance = 1e-5;

/** Moves a position onto the loudspeaker that it is nearest to, if that is within the lock's distance. */
export type ChannelLocker = (
  position: Vec3,
  lock: ChannelLock | undefined,
  isExcluded?: readonly boolean[],
) => Vec3;

/**
 * Channel lock of BS.2127-1 clause 7.3.6. Of several loudspeakers at the same distance the one nearest to ear
 * height wins, then the lower, then the one nearer to the front, then the one on the right.
 * @param positions of the loudspeakers, in the space of the positions to be locked
 * @param weights of the squared distances along x, y and z that decide which is nearest
 */
export function createChannelLocker(
  loudspeakers: readonly Loudspeaker[],
  positions: readonly Vec3[],
  weights: Vec3,
): ChannelLocker {
  const byPriority = loudspeakers
    .map((_, index) => index)
    .sort((a, b) => comparePriority(loudspeakers[a]!, loudspeakers[b]!));
  const weightedDistance = (a: Vec3, b: Vec3): number =>
    Math.sqrt(
      weights[0] * (a[0] - b[0]) ** 2 + weights[1] * (a[1] - b[1]) ** 2 + weights[2] * (a[2] - b[2]) ** 2,
    );
  return (position, lock, isExcluded) => {
    if (!lock) return position;
    const maxDistance = lock.maxDistance ?? Infinity;
    const possible = byPriority.filter(
      (index) =>
        isExcluded?.[index] !== true && distance(position, positions[index]!) < maxDistance + tolerance,
    );
    if (possible.length === 0) return position;
    const distances = possible.map((index) => weightedDistance(position, positions[index]!));
    const nearest = Math.min(...distances);
    return positions[possible[distances.findIndex((value) => value < nearest + tolerance)]!]!;
  };
}

function comparePriority(a: Loudspeaker, b: Loudspeaker): number {
  return (
    Math.abs(a.elevationDeg) - Math.abs(b.elevationDeg) ||
    a.elevationDeg - b.elevationDeg ||
    Math.abs(a.azimuthDeg) - Math.abs(b.azimuthDeg) ||
    a.azimuthDeg - b.azimuthDeg
  );
}

/** Weights of channel lock for polar positions. */
export const polarLockWeights: Vec3 = [1, 1, 1];

/** Weights of channel lock for cartesian positions: height counts most, width least. */
export const cubeLockWeights: Vec3 = [1 / 16, 4, 32];
