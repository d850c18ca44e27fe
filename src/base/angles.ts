import { polarToCartesian, type Vec3 } from './coordinates.ts';

/** The same angle, shifted by whole turns to the first value at or after `fromDeg`. BS.2127-1 clause 6.2.1. */
export function angleAtOrAfter(fromDeg: number, angleDeg: number): number {
  let shiftedDeg = angleDeg;
  while (shiftedDeg - 360 >= fromDeg) shiftedDeg -= 360;
  while (shiftedDeg < fromDeg) shiftedDeg += 360;
  return shiftedDeg;
}

/**
 * Whether an angle lies in the range that runs anticlockwise from `fromDeg` to `toDeg`. (-180, 180) means any
 * angle, (0, 0) a single one. BS.2127-1 clause 6.2.2.
 */
export function isInsideAngleRange(
  angleDeg: number,
  fromDeg: number,
  toDeg: number,
  toleranceDeg = 0,
): boolean {
  let endDeg = toDeg;
  while (endDeg - 360 > fromDeg) endDeg -= 360;
  while (endDeg < fromDeg) endDeg += 360;
  return angleAtOrAfter(fromDeg - toleranceDeg, angleDeg) <= endDeg + toleranceDeg;
}

/** Axes [right, front, up] of a listener who faces a direction. BS.2127-1 clause 6.8. */
export const localAxes = (azimuthDeg: number, elevationDeg: number): readonly [Vec3, Vec3, Vec3] => [
  polarToCartesian(azimuthDeg - 90, 0),
  polarToCartesian(azimuthDeg, elevationDeg),
  polarToCartesian(azimuthDeg, elevationDeg + 90),
];

/** Piecewise linear function through points (xs ascending), constant outside of them. */
export function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  if (x <= xs[0]!) return ys[0]!;
  for (let i = 1; i < xs.length; i++) {
    if (x <= xs[i]!) {
      const share = (x - xs[i - 1]!) / (xs[i]! - xs[i - 1]!);
      return ys[i - 1]! + share * (ys[i]! - ys[i - 1]!);
    }
  }
  return ys[ys.length - 1]!;
}
