import { expect, test } from 'vitest';
import { createFilterCascade } from '../../../src/kernels/scalar/filter-cascade.ts';

test('a pole and a zero at a half: each channel has its own', () => {
  const [pole, zero] = [
    { b0: 1, b1: 0, b2: 0, a1: -0.5, a2: 0 },
    { b0: 1, b1: 0.5, b2: 0, a1: 0, a2: 0 },
  ];
  const kernel = createFilterCascade([[pole], [zero]]);
  const inputs = [Float32Array.of(1, 0, 0, 0), Float32Array.of(1, 0, 0, 0)];
  kernel.process(inputs, 4, inputs);
  expect(inputs.map((row) => [...row])).toEqual([
    [1, 0.5, 0.25, 0.125],
    [1, 0.5, 0, 0],
  ]);
});
