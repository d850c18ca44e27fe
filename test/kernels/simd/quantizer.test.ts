import { expect, test } from 'vitest';
import { createQuantizer } from '../../../src/kernels/simd/quantizer.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

const wasm = new WasmInstance(await compileWasm());

test('without noise: halves up, and the range of the word length', () => {
  const kernel = createQuantizer(wasm, { bitDepth: 3, noise: 'none', seeds: new Int32Array(1) });
  const row = Float32Array.of(0.1, 0.125, 0.3, -0.3, 2, -2);
  kernel.process([row], 6, [row]);
  expect([...row]).toEqual([0, 0.25, 0.25, -0.25, 0.75, -1]);
});
