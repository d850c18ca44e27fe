import { expect, test } from 'vitest';
import { createMix } from '../../../src/kernels/scalar/mix.ts';

test('a ramp goes on from its elapsed samples', () => {
  const mix = createMix(1, 1, 8);
  mix.setRamp(0, [0.5], [0.125]);
  mix.load([new Float32Array(4).fill(1)], 4);
  mix.mix(0, 2, 1, 3);
  const output = [new Float32Array(4)];
  mix.store(output);
  expect([...output[0]!]).toEqual([0, 0.75, 0.875, 0]);
});
