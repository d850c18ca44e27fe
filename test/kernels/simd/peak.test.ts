import { expect, test } from 'vitest';
import { createPeak } from '../../../src/kernels/simd/peak.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('the history reaches over calls and reset forgets it', async () => {
  const delay = { phaseCount: 1, tapCount: 3, coefficients: Float32Array.of(0, 0, 1) };
  const peak = createPeak(new WasmInstance(await compileWasm()), 1, delay);
  const peaks = new Float32Array(1);
  peak.maxima([Float32Array.of(0.5)], 1, peaks, new Float32Array(1));
  peak.maxima([Float32Array.of(0)], 1, peaks, new Float32Array(1));
  expect(peaks[0]).toBe(0);
  peak.maxima([Float32Array.of(0)], 1, peaks, new Float32Array(1));
  expect(peaks[0]).toBe(0.5);
  peaks[0] = 0;
  peak.maxima([Float32Array.of(1)], 1, peaks, new Float32Array(1));
  peak.reset();
  peak.maxima([new Float32Array(8)], 8, peaks, new Float32Array(1));
  expect(peaks[0]).toBe(0);
});
