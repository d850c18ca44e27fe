import { expect, test } from 'vitest';
import { skipBound } from '../../src/kernels/peak-bound.ts';

test('the bound is the largest L1 norm of the phases, and a little more', () => {
  const bound = skipBound({ phaseCount: 2, tapCount: 2, coefficients: Float32Array.of(0.5, -0.25, -1, 0.5) });
  expect(bound).toBeGreaterThan(1.5);
  expect(bound).toBeLessThan(1.501);
});
