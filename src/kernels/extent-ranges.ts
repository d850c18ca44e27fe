import type { Vec3 } from '../base/coordinates.ts';
import type { ExtentGrid, ExtentShape } from './interfaces/extent.ts';

/** Width of the fade around a shape: 10 degrees. BS.2127-1 clause 7.3.8.2. */
export const extentFadeRad = Math.PI / 18;

/** Ranges that a grid can need: one a row, two where the row is entered again from its end. */
export const maximumRanges = (grid: ExtentGrid): number => 2 * grid.rows.length;

/**
 * Finds the points of the grid that are near enough to the front of a shape to have a weight, row by row; a few more
 * do no harm.
 * @param ranges [first point, point after the last] of each range, overwritten
 * @returns the number of ranges
 */
export function findExtentRanges(grid: ExtentGrid, shape: ExtentShape, ranges: Uint32Array): number {
  const [x, y, z] = shape.front;
  const reachRad = shape.endRad + shape.radiusRad + extentFadeRad;
  const cosReach = reachRad >= Math.PI ? -Infinity : Math.cos(reachRad) - 1e-9;
  const frontRad = azimuthRad(shape.front);
  const horizontal = Math.sqrt(x * x + y * y);
  let at = 0;
  for (const { z: height, radius, firstPoint, pointCount } of grid.rows) {
    const least = cosReach - height * z;
    const most = radius * horizontal;
    if (least > most) continue;
    const end = firstPoint + pointCount;
    if (least <= -most) {
      ranges[at++] = firstPoint;
      ranges[at++] = end;
      continue;
    }
    const spacingRad = (2 * Math.PI) / pointCount;
    const halfWidthRad = acosFromAbove(least / most);
    const from = Math.ceil((frontRad - halfWidthRad) / spacingRad);
    const to = Math.min(from + pointCount, Math.floor((frontRad + halfWidthRad) / spacingRad) + 1);
    // Indices count on past a full turn; the row is one turn.
    const start = firstPoint + (((from % pointCount) + pointCount) % pointCount);
    const stop = start + to - from;
    ranges[at++] = start;
    ranges[at++] = Math.min(stop, end);
    if (stop <= end) continue;
    ranges[at++] = firstPoint;
    ranges[at++] = firstPoint + stop - end;
  }
  return at / 2;
}

const azimuthRad = ([x, y]: Vec3): number => Math.atan2(-x, y);

/** Arc cosine or up to 2e-4 more: Abramowitz and Stegun 4.4.45, which is within 6.7e-5, and the rest for safety. */
function acosFromAbove(x: number): number {
  const a = Math.abs(x);
  const acos = Math.sqrt(1 - a) * (1.5707288 + a * (-0.2121144 + a * (0.074261 - a * 0.0187293)));
  return (x < 0 ? Math.PI - acos : acos) + 1e-4;
}
