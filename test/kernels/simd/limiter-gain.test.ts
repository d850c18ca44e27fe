import { expect, test } from 'vitest';
import { createLimiterGain } from '../../../src/kernels/simd/limiter-gain.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('what is held comes out as the gain that it requires, over 300 dB', async () => {
  for (const peak of [1.0001, 1.3, 1.5, 2, 4, 1000, 1e15]) {
    const wasm = new WasmInstance(await compileWasm());
    const limiter = createLimiterGain(wasm, {
      links: Float64Array.of(1),
      ceilingGain: 0.5,
      lookaheadSamples: 8,
      holdSamples: 0,
      release: { factor: 0.5, charge: 0, discharge: 0 },
    });
    const gains = new Float32Array(3000);
    limiter.process([new Float32Array(3000).fill(peak)], 3000, [gains]);
    expect(gains[0]).toBeLessThan(1);
    expect(Math.abs((gains[8]! * peak) / 0.5 - 1)).toBeLessThan(1e-6 * (1 + Math.log2(peak)));
    expect(gains.subarray(8).every((gain) => gain === gains[8])).toBe(true);
  }
});
