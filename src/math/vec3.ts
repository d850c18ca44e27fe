import type { Vec3 } from '../base/coordinates.ts';

/** Scalar product. */
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Vector product; right-handed. */
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** a + b. */
export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** a - b. */
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** a times a number. */
export const scale = (a: Vec3, factor: number): Vec3 => [a[0] * factor, a[1] * factor, a[2] * factor];

/** Euclidean length. */
export const length = (a: Vec3): number => Math.sqrt(dot(a, a));

/** Euclidean distance of two points. */
export const distance = (a: Vec3, b: Vec3): number => length(subtract(a, b));

/** Vector of length 1 in the same direction; the zero vector gives NaN. */
export const normalize = (a: Vec3): Vec3 => scale(a, 1 / length(a));

/** Mean of points; at least one. */
export const centroid = (points: readonly Vec3[]): Vec3 =>
  scale(
    points.reduce((sum, point) => add(sum, point), [0, 0, 0]),
    1 / points.length,
  );
