import { polarToCartesian } from '../../base/coordinates.ts';

/** Distances count as one within this factor. */
const distanceTolerance = 1.05;

/**
 * Chooses the measurements that make a set of directions: those at the largest distance, the first of each
 * direction (within about 0.006 degrees).
 * @param positions [measurement][azimuthDeg, elevationDeg, distance]
 * @returns measurements in their own order, and whether any were left out
 */
export function keepOneDistance(positions: Float64Array): { kept: number[]; isReduced: boolean } {
  const count = positions.length / 3;
  let farthest = 0;
  for (let m = 0; m < count; m++) farthest = Math.max(farthest, positions[3 * m + 2]!);
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let m = 0; m < count; m++) {
    if (positions[3 * m + 2]! * distanceTolerance < farthest) continue;
    const key = polarToCartesian(positions[3 * m]!, positions[3 * m + 1]!)
      .map((value) => Math.round(value * 1e4))
      .join();
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(m);
  }
  return { kept, isReduced: kept.length < count };
}
