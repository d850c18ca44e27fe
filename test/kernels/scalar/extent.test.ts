import { expect, test } from 'vitest';
import { createExtent } from '../../../src/kernels/scalar/extent.ts';
import { ring, upright } from '../extent-ring.ts';

test('full weight within the shape, none beyond its fade', () => {
  const sums = new Float64Array(36);
  createExtent(ring, 36).sum({ ...upright, radiusRad: 0.1, endRad: Math.PI / 6 }, sums);
  const weights = [...sums].map((sum) => Math.round(sum * 1000) / 1000);
  // The end of the arc at 30 degrees, its radius of 5.73, then ten degrees of fade.
  expect(weights.slice(0, 6)).toEqual([1, 1, 1, 1, 0.573, 0]);
  expect(weights.slice(31)).toEqual([0, 0.573, 1, 1, 1]);
  expect(weights.slice(5, 32).every((weight) => weight === 0)).toBe(true);
});
