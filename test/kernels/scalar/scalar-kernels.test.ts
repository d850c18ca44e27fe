import { expect, test } from 'vitest';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';

test('the set says that it is scalar and makes kernels of the asked shape', () => {
  const kernels = createScalarKernels();
  expect(kernels.kind).toBe('scalar');
  expect(kernels.createMix(5, 2, 64)).toMatchObject({ sourceCount: 5, outputCount: 2 });
  expect(kernels.createStereoConvolver({ inputCount: 3, tapCount: 9, hopFrames: 64 })).toMatchObject({
    inputCount: 3,
    hopFrames: 64,
  });
});
