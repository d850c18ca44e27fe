import { expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../../src/base/coordinates.ts';
import { defaultDivergenceRangeDeg, divergeSource } from '../../../src/render/panner/divergence.ts';

const divergence = (value: number, azimuthRangeDeg?: number, positionRange?: number) => ({
  value,
  azimuthRangeDeg,
  positionRange,
});

test('none leaves the source alone', () => {
  const position = polarToCartesian(10, 20);
  expect(divergeSource(position, undefined, false)).toEqual([{ position, powerShare: 1 }]);
  expect(divergeSource(position, divergence(0), false)).toEqual([{ position, powerShare: 1 }]);
});

test('shares: thirds at 0.5, halves at the sides at 1; they sum to 1', () => {
  const shares = (value: number) =>
    divergeSource([0, 1, 0], divergence(value), false).map(({ powerShare }) => powerShare);
  shares(0.5).forEach((share) => expect(share).toBeCloseTo(1 / 3, 12));
  expect(shares(1)).toEqual([0.5, 0, 0.5]);
  expect(shares(0.2).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test('polar: the pair stands beside the source, by default 45 degrees away', () => {
  const azimuths = (sources: ReturnType<typeof divergeSource>) =>
    sources.map(({ position }) => Math.round(cartesianToPolar(position).azimuthDeg * 1e6) / 1e6);
  expect(azimuths(divergeSource(polarToCartesian(30, 0), divergence(0.5, 20), false))).toEqual([50, 30, 10]);
  expect(azimuths(divergeSource(polarToCartesian(0, 0), divergence(0.5), false))).toEqual([
    defaultDivergenceRangeDeg,
    0,
    -defaultDivergenceRangeDeg,
  ]);
});

test('cartesian: the pair stands along x and stays in the cube', () => {
  const xs = divergeSource([0.5, 1, 0], divergence(0.5, undefined, 0.7), true).map(
    ({ position }) => position[0],
  );
  expect(xs[0]).toBe(1);
  expect(xs[2]).toBeCloseTo(-0.2, 12);
});
