import { expect, test } from 'vitest';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { createDetectorFilter } from '../../../src/master/scene-stage/detector-filter.ts';

const kernels = await loadKernels();

test('no filter hands on what it gets; others filter every channel alike', () => {
  const inputs = [Float32Array.of(1, 0, 0), Float32Array.of(0, 2, 0)];
  expect(createDetectorFilter(kernels, 2, []).run(inputs, 3)).toBe(inputs);
  const filter = createDetectorFilter(kernels, 2, [{ b0: 1, b1: 0, b2: 0, a1: -0.5, a2: 0 }]);
  const run = () => filter.run(inputs, 3).map((row) => [...row.subarray(0, 3)]);
  const wanted = [
    [1, 0.5, 0.25],
    [0, 2, 1],
  ];
  expect(run()).toEqual(wanted);
  filter.reset();
  expect(run()).toEqual(wanted);
});
