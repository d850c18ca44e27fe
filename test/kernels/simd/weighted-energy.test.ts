import { expect, test } from 'vitest';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';
import { createWeightedEnergy } from '../../../src/kernels/simd/weighted-energy.ts';

test('a load is weighted in as many pieces as are asked for, and may not be longer than its room', async () => {
  const identity = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };
  const energy = createWeightedEnergy(new WasmInstance(await compileWasm()), 3, [identity, identity]);
  const sums = new Float64Array(3);
  const inputs = [0.5, 0.25, 1].map((value) => new Float32Array(10000).fill(value));
  energy.load(inputs, 1000, 4000);
  for (const [from, to] of [
    [0, 480],
    [480, 481],
    [481, 3000],
  ] as const) {
    energy.accumulate(from, to, sums);
  }
  expect([...sums]).toEqual([3000 * 0.25, 3000 * 0.0625, 3000]);
  expect(() => energy.load(inputs, 0, energy.capacityFrames + 1)).toThrow('toFrame');
});
