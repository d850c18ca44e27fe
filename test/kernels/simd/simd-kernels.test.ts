import { expect, test } from 'vitest';
import { createSimdKernels } from '../../../src/kernels/simd/simd-kernels.ts';
import { compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('the set says that it is simd and makes kernels of the asked shape', async () => {
  const kernels = createSimdKernels(await compileWasm());
  expect(kernels.kind).toBe('simd');
  expect(kernels.createMix(5, 2, 64)).toMatchObject({ sourceCount: 5, outputCount: 2 });
  expect(
    kernels.createPeak(3, { phaseCount: 1, tapCount: 1, coefficients: Float32Array.of(1) }),
  ).toMatchObject({
    channelCount: 3,
  });
});
