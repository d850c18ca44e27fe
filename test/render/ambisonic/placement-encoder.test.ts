import { describe, expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../../src/base/coordinates.ts';
import { gaussProductGrid } from '../../../src/math/quadrature.ts';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { maxReWeights } from '../../../src/render/ambisonic/max-re.ts';
import { capWeights, createPlacementEncoder } from '../../../src/render/ambisonic/placement-encoder.ts';
import type { Placement } from '../../../src/render/binaural/placement.ts';

const at = (azimuthDeg: number, elevationDeg: number, more: Partial<Placement> = {}): Placement => ({
  direction: polarToCartesian(azimuthDeg, elevationDeg),
  widthDeg: 0,
  heightDeg: 0,
  diffuse: 0,
  divergence: 0,
  divergenceDeg: 45,
  ...more,
});

function encoded(order: number, placement: Placement): Float64Array {
  const gains = new Float64Array((order + 1) ** 2);
  createPlacementEncoder(order)(placement, gains);
  return gains;
}

/** Energy of a max-rE decoder over the whole sphere. */
const energyOf = (order: number, gains: Float64Array): number => {
  const weights = maxReWeights(order);
  return gains.reduce((sum, gain, acn) => {
    const n = Math.floor(Math.sqrt(acn));
    return sum + (2 * n + 1) * (weights[n]! * gain) ** 2;
  }, 0);
};

test('a point is a plane wave: W is 1', () => {
  const gains = encoded(7, at(33, -12));
  sphericalHarmonics(7, 33, -12).forEach((value, acn) => expect(gains[acn]).toBeCloseTo(value, 12));
  expect(gains[0]).toBe(1);
});

describe('size', () => {
  test.each([1, 3, 7])('keeps the decoded energy at order %i', (order) => {
    const point = energyOf(order, encoded(order, at(0, 0)));
    for (const [widthDeg, heightDeg] of [
      [30, 30],
      [90, 0],
      [0, 120],
      [360, 20],
      [360, 360],
    ] as const)
      expect(energyOf(order, encoded(order, at(70, 20, { widthDeg, heightDeg })))).toBeCloseTo(point, 9);
  });

  test('the whole sphere is W alone', () => {
    const gains = encoded(3, at(70, 20, { widthDeg: 360, heightDeg: 360 }));
    expect(gains[0]).toBeGreaterThan(1);
    expect(Math.max(...gains.subarray(1).map(Math.abs))).toBeLessThan(1e-9);
  });

  test('a ring around the listener has no direction in the plane', () => {
    const gains = encoded(3, at(0, 0, { widthDeg: 360 }));
    expect(Math.hypot(gains[1]!, gains[3]!)).toBeLessThan(1e-6);
    expect(gains[6]).toBeLessThan(0);
  });

  test('width spreads sideways, height up and down', () => {
    const wide = encoded(7, at(0, 0, { widthDeg: 90 }));
    const tall = encoded(7, at(0, 0, { heightDeg: 90 }));
    const level = (gains: Float64Array, azimuthDeg: number, elevationDeg: number): number =>
      sphericalHarmonics(7, azimuthDeg, elevationDeg, 'N3D').reduce(
        (sum, value, acn) => sum + value * gains[acn]! * Math.sqrt(2 * Math.floor(Math.sqrt(acn)) + 1),
        0,
      );
    expect(level(wide, 35, 0)).toBeGreaterThan(2 * Math.abs(level(wide, 0, 35)));
    expect(level(tall, 0, 35)).toBeGreaterThan(2 * Math.abs(level(tall, 35, 0)));
  });

  test('goes to the point without a step', () => {
    const point = encoded(7, at(10, 10));
    const small = encoded(7, at(10, 10, { widthDeg: 0.1, heightDeg: 0.05 }));
    small.forEach((value, acn) => expect(value).toBeCloseTo(point[acn]!, 4));
  });
});

test('divergence at 1 is the pair alone, at the energy of a point', () => {
  const gains = encoded(3, at(0, 0, { divergence: 1, divergenceDeg: 30 }));
  const left = sphericalHarmonics(3, 30, 0);
  const right = sphericalHarmonics(3, -30, 0);
  const level = gains[0]! / 2;
  gains.forEach((value, acn) => expect(value).toBeCloseTo(level * (left[acn]! + right[acn]!), 12));
  expect(energyOf(3, gains)).toBeCloseTo(energyOf(3, encoded(3, at(0, 0))), 9);
});

test('cap weights are the means of Legendre polynomials over the cap', () => {
  const { directions, weights } = gaussProductGrid(300);
  const halfAngleDeg = 50;
  const sums = new Float64Array(8);
  let area = 0;
  directions.forEach((direction, i) => {
    const polar = cartesianToPolar(direction);
    if (polar.elevationDeg < 90 - halfAngleDeg) return;
    area += weights[i]!;
    const harmonics = sphericalHarmonics(7, polar.azimuthDeg, polar.elevationDeg);
    for (let n = 0; n < 8; n++) sums[n]! += weights[i]! * harmonics[n * (n + 1)]!;
  });
  capWeights(7, halfAngleDeg).forEach((value, n) => expect(value).toBeCloseTo(sums[n]! / area, 1));
  expect([...capWeights(3, 0)]).toEqual([1, 1, 1, 1]);
});
