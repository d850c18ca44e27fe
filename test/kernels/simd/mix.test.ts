import { expect, test } from 'vitest';
import { createMix } from '../../../src/kernels/simd/mix.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('frames outside of the mixed range stay untouched', async () => {
  const mix = createMix(new WasmInstance(await compileWasm()), 1, 1, 8);
  mix.setRamp(0, Float64Array.of(0.5), Float64Array.of(1.5), 8, 0);
  mix.clear(6);
  mix.load(new Float32Array(6).fill(1), 0, 6, 0);
  mix.mix(0, 2, 1, 3);
  const output = [new Float32Array(6)];
  mix.store(output, 0, 6);
  expect([...output[0]!]).toEqual([0, 0.75, 0.875, 0, 0, 0]);
});

test('a ramp that has no end stands still instead of overflowing', async () => {
  const mix = createMix(new WasmInstance(await compileWasm()), 1, 1, 8);
  const gains = Float64Array.of(0.5);
  mix.setRamp(0, gains, gains, Infinity, 0);
  mix.clear(8);
  mix.load(new Float32Array(8).fill(1), 0, 8, 0);
  mix.mix(0, 2 ** 33, 0, 8);
  const output = [new Float32Array(8)];
  mix.store(output, 0, 8);
  expect(output[0]!.every((sample) => sample === 0.5)).toBe(true);
});
