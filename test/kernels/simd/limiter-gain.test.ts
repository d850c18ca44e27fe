import { expect, test } from 'vitest';
import { createLimiterGain } from '../../../src/kernels/simd/limiter-gain.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('a held gain comes out as it went in', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const limiter = createLimiterGain(wasm, { lookaheadSamples: 8, releaseFactor: 0.5 });
  const output = new Float32Array(3000);
  limiter.process(new Float32Array(3000).fill(0.25), 3000, output);
  expect(output[0]).toBeLessThan(1);
  expect(output.subarray(8).every((gain) => gain === 0.25)).toBe(true);
});
