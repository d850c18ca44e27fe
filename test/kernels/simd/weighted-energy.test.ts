import { expect, test } from 'vitest';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';
import { createWeightedEnergy } from '../../../src/kernels/simd/weighted-energy.ts';

test('calls longer than the memory for samples are cut inside', async () => {
  const identity = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };
  const energy = createWeightedEnergy(new WasmInstance(await compileWasm()), 1, [identity, identity]);
  const sums = new Float64Array(1);
  energy.accumulate([new Float32Array(10000).fill(0.5)], 1000, 9000, sums);
  expect(sums[0]).toBe(8000 * 0.25);
});
