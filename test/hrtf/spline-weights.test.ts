import { expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../src/base/coordinates.ts';
import { createSplineStencil, createSplineWeights } from '../../src/hrtf/spline-weights.ts';
import { createHrtfPlace, createTriangleFinder } from '../../src/hrtf/triangle-finder.ts';
import { triangulateSphere } from '../../src/math/sphere-triangulation.ts';
import { ringDirections } from './sets.ts';

const pointsOf = (directionsDeg: Float64Array): Vec3[] =>
  Array.from({ length: directionsDeg.length / 2 }, (_, i) =>
    polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!),
  );

/** Interpolates values given at some points, by splines and on the flat triangles between them. */
function createInterpolators(points: readonly Vec3[]) {
  const triangulation = triangulateSphere(points)!;
  const locate = createTriangleFinder(points, triangulation);
  const weigh = createSplineWeights(points, triangulation.vertices);
  const stencil = createSplineStencil();
  const place = createHrtfPlace();
  const prepare = (direction: Vec3): void => {
    locate(direction, place);
    weigh(direction, place.triangle, stencil);
  };
  return {
    stencil,
    spline(values: readonly number[], direction: Vec3): number {
      prepare(direction);
      let sum = 0;
      for (let j = 0; j < stencil.count; j++) sum += stencil.weights[j]! * values[stencil.indices[j]!]!;
      return sum;
    },
    flat(values: readonly number[], direction: Vec3): number {
      prepare(direction);
      return place.indices.reduce((sum, index, j) => sum + place.weights[j]! * values[index]!, 0);
    },
  };
}

const scattered = (count: number): Vec3[] =>
  Array.from({ length: count }, (_, i) =>
    polarToCartesian(((i * 137.508) % 360) - 180, (Math.asin(1 - (2 * i + 1) / count) * 180) / Math.PI),
  );

test('is exact at the points, and keeps constants everywhere', () => {
  const points = pointsOf(ringDirections(15));
  const { spline } = createInterpolators(points);
  const values = points.map((_, i) => (i * 0.618) % 1);
  points.forEach((point, i) => expect(spline(values, point)).toBeCloseTo(values[i]!, 10));
  const ones = points.map(() => 1);
  for (const direction of scattered(200)) expect(spline(ones, direction)).toBeCloseTo(1, 10);
});

test('follows a smooth function at least three times as closely as flat triangles', () => {
  const points = pointsOf(ringDirections(10));
  const { spline, flat } = createInterpolators(points);
  const smooth = ([x, y, z]: Vec3): number => Math.exp(1.5 * x) + y * z - 2 * z * z;
  const values = points.map(smooth);
  let [ofSpline, ofFlat] = [0, 0];
  for (const direction of scattered(500)) {
    ofSpline += (spline(values, direction) - smooth(direction)) ** 2;
    ofFlat += (flat(values, direction) - smooth(direction)) ** 2;
  }
  expect(Math.sqrt(ofSpline)).toBeLessThan(Math.sqrt(ofFlat) / 3);
});

test('of two directions as good as one, the nearer counts: nothing runs on along their difference', () => {
  const twin = polarToCartesian(20.05, 30);
  const points = [...pointsOf(ringDirections(10)), polarToCartesian(20, 30), twin].filter(
    (point, i, all) =>
      all.findIndex((other) => Math.hypot(...point.map((x, j) => x - other[j]!)) < 1e-6) === i,
  );
  const { spline } = createInterpolators(points);
  const values = points.map(([x]) => x);
  values[points.length - 1] = twin[0] + 0.1;
  expect(spline(values, twin)).toBeCloseTo(twin[0] + 0.1, 10);
  for (const direction of scattered(500))
    expect(Math.abs(spline(values, direction) - direction[0])).toBeLessThan(0.11);
});

test('few points serve as they are; around a pole, not more than 24', () => {
  const corners: Vec3[] = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ];
  const few = createInterpolators(corners);
  expect(few.spline([3, 3, 3, 3, 5, 1], [0, 0.6, 0.8])).toBeGreaterThan(4);
  const wheel = createInterpolators([
    ...Array.from({ length: 60 }, (_, i) => polarToCartesian(6 * i - 180, 70)),
    ...Array.from({ length: 60 }, (_, i) => polarToCartesian(6 * i - 180, -70)),
    [0, 0, 1],
    [0, 0, -1],
  ]);
  const values = Array.from({ length: 122 }, () => 2);
  expect(wheel.spline(values, polarToCartesian(1, 80))).toBeCloseTo(2, 10);
  expect(wheel.stencil.count).toBe(24);
});
