import { expect, test } from 'vitest';
import { leastReduction, limiterGrid, mostReduction } from '../../src/kernels/limiter-grid.ts';

test('sums of sums on the grid are exact integers', () => {
  for (const lookahead of [2, 96, 480, 4094, 65536]) {
    const { boxSamples, grid, outputScale } = limiterGrid(lookahead);
    expect(boxSamples).toBe(lookahead / 2 + 1);
    expect(outputScale).toBe(grid * boxSamples ** 2);
    expect(mostReduction * outputScale).toBeLessThanOrEqual(2 ** 53);
    // dB of a step at the longest look-ahead.
    expect(6.02 / grid).toBeLessThan(4e-4);
  }
  expect(limiterGrid(480).grid).toBe(2 ** 30);
});

test('the least reduction is the first whose gain rounds to 1 as a float32', () => {
  expect(Math.fround(2 ** -leastReduction)).toBe(1);
  expect(Math.fround(2 ** (-3 * leastReduction))).toBeLessThan(1);
});
