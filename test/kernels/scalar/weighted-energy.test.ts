import { expect, test } from 'vitest';
import { createWeightedEnergy } from '../../../src/kernels/scalar/weighted-energy.ts';

test('two biquads in series, then the sum of squares', () => {
  const delay = { b0: 0, b1: 1, b2: 0, a1: 0, a2: 0 };
  const decay = { b0: 1, b1: 0, b2: 0, a1: -0.5, a2: 0 };
  const energy = createWeightedEnergy(1, [delay, decay]);
  const sums = Float64Array.of(10);
  energy.load([Float32Array.of(9, 1, 0, 0, 9)], 1, 4);
  energy.accumulate(0, 3, sums);
  expect(sums[0]).toBe(10 + 1 + 0.25);
});
