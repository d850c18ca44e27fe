import { expect, test } from 'vitest';
import { createStatistics } from '../../../src/kernels/scalar/statistics.ts';

test('sum, squares, extrema and products of a stretch', () => {
  const kernel = createStatistics(2, [[0, 1]]);
  const statistics = new Float64Array(8);
  const products = Float64Array.of(9);
  kernel.measure([Float32Array.of(1, -2, 9), Float32Array.of(0.5, 0.25, 9)], 2, statistics, products);
  expect([...statistics]).toEqual([-1, 5, -2, 1, 0.75, 0.3125, 0.25, 0.5]);
  expect(products[0]).toBe(0);
});
