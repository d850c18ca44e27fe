import { expect, test } from 'vitest';
import { createNoiseShaper } from '../../../src/kernels/simd/noise-shaper.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

const wasm = new WasmInstance(await compileWasm());

test('first-order shaping: the errors of a constant cancel in its sum', () => {
  const kernel = createNoiseShaper(wasm, { bitDepth: 16, seeds: Int32Array.of(5), errorFilter: [1] });
  const row = new Float32Array(4096).fill(0.3 / 32768);
  kernel.process([row], 4096, [row]);
  const sum = row.reduce((total, value) => total + value * 32768, 0);
  expect(Math.abs(sum - 0.3 * 4096)).toBeLessThan(1.501);
});
