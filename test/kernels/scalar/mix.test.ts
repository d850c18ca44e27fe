import { expect, test } from 'vitest';
import { createMix } from '../../../src/kernels/scalar/mix.ts';

test('a ramp goes on from its elapsed samples', () => {
  const mix = createMix(1, 1, 8);
  mix.setRamp(0, Float64Array.of(0.5), Float64Array.of(1.5), 8, 0);
  mix.clear(4);
  mix.load(new Float32Array(4).fill(1), 0, 4, 0);
  mix.mix(0, 2, 1, 3);
  const output = [new Float32Array(4)];
  mix.store(output, 0, 4);
  expect([...output[0]!]).toEqual([0, 0.75, 0.875, 0]);
});
