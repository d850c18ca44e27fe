import { expect, test } from 'vitest';
import { createDelayGain } from '../../../src/kernels/scalar/delay-gain.ts';

test('the input gain is that of the frames that come in, the curve that of those that leave', () => {
  const kernel = createDelayGain(1, 2);
  const output = new Float32Array(2);
  kernel.process([Float32Array.of(1, 2)], 0.5, Float32Array.of(1, 1), 2, [output]);
  expect([...output]).toEqual([0, 0]);
  kernel.process([Float32Array.of(4, 4)], 3, Float32Array.of(0.25, 2), 2, [output]);
  expect([...output]).toEqual([0.125, 2]);
});
