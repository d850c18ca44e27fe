import { expect, test } from 'vitest';
import { limiterGrid } from '../../src/kernels/limiter-grid.ts';

test('sums of sums on the grid are exact integers', () => {
  for (const lookahead of [2, 96, 480, 4094, 65536]) {
    const { boxSamples, grid, outputScale } = limiterGrid(lookahead);
    expect(boxSamples).toBe(lookahead / 2 + 1);
    expect(outputScale).toBe(grid * boxSamples ** 2);
    expect(outputScale).toBeLessThanOrEqual(2 ** 53);
    expect(grid).toBeGreaterThanOrEqual(2 ** 20);
  }
  expect(limiterGrid(480).grid).toBe(2 ** 30);
});
