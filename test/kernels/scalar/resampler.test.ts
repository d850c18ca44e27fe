import { expect, test } from 'vitest';
import { createResampler } from '../../../src/kernels/scalar/resampler.ts';

test('output n takes the phase of n * down / up and the samples around it', () => {
  const coefficients = new Float64Array(16);
  coefficients[3] = 1;
  coefficients.fill(0.5, 8 + 3, 8 + 5);
  const kernel = createResampler(1, { upFactor: 2, downFactor: 1, tapCount: 8, coefficients });
  const output = new Float32Array(kernel.mostOutputFrames(8));
  const input = Float32Array.of(1, 3, 5, 9, 0, 0, 0, 0);
  expect(kernel.process([input], 4, [output])).toBe(0);
  expect(kernel.process([input.subarray(4)], 4, [output])).toBe(8);
  expect([...output.subarray(0, 8)]).toEqual([1, 2, 3, 4, 5, 7, 9, 4.5]);
});
