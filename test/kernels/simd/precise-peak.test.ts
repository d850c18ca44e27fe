import { expect, test } from 'vitest';
import { preciseFir } from '../../../src/dsp/true-peak-fir.ts';
import { createPrecisePeak, preciseTables } from '../../../src/kernels/simd/precise-peak.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';

test('the tables: the middle phase halved, the first quarter folded, all phases oldest sample first', () => {
  const { middle, sides, taps } = preciseTables(preciseFir);
  const { coefficients, tapCount } = preciseFir;
  expect(middle).toEqual(coefficients.slice(16 * tapCount, 16 * tapCount + 49));
  expect(sides[0]! + sides[1]!).toBeCloseTo(coefficients[8 * tapCount]!, 9);
  expect(taps).toHaveLength(32 * 100);
  expect([...taps.subarray(0, 2), taps[100 - 1 - 49]]).toEqual([0, 0, 1]);
});

test('finds the crest of a sine between its samples within 0.012 dB, up to 0.45 of the rate', async () => {
  const wasm = new WasmInstance(await compileWasm());
  for (const hzPerRate of [0.01, 0.1, 0.25, 0.37, 0.45]) {
    for (const crest of [0.03, 0.2, 0.5, 0.77, 0.99]) {
      const tone = Float32Array.from({ length: 300 }, (_, n) =>
        Math.cos(2 * Math.PI * hzPerRate * (n - 150 - crest)),
      );
      const kernel = createPrecisePeak(wasm, 1, preciseFir);
      const output = new Float32Array(300);
      kernel.envelope([tone], 300, 0.9, output);
      const at = 150 + kernel.delaySamples;
      const peak = Math.max(...output.subarray(at - 1, at + 2));
      expect(Math.abs(20 * Math.log10(peak)), `${hzPerRate} ${crest}`).toBeLessThan(0.012);
    }
  }
});
