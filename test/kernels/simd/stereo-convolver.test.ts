import { expect, test } from 'vitest';
import { createStereoConvolver } from '../../../src/kernels/simd/stereo-convolver.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('a new filter fades in over one hop, while the others of its quad stand', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const convolver = createStereoConvolver(wasm, { inputCount: 2, tapCount: 1, hopFrames: 64 });
  const inputs = [new Float32Array(64).fill(1), new Float32Array(64).fill(0.5)];
  const [left, right] = [new Float32Array(64), new Float32Array(64)];
  convolver.setFilters(0, [1], [0]);
  convolver.setFilters(1, [0], [1]);
  convolver.processHop(inputs, left, right);
  convolver.setFilters(0, [0], [1]);
  convolver.processHop(inputs, left, right);
  for (const frame of [0, 16, 63]) {
    expect(left[frame]).toBeCloseTo(1 - frame / 64, 6);
    expect(right[frame]).toBeCloseTo(0.5 + frame / 64, 6);
  }
});
