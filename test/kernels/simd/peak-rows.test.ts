import { expect, test } from 'vitest';
import { annex2Fir, preciseFir } from '../../../src/dsp/true-peak-fir.ts';
import { createPeakRows } from '../../../src/kernels/simd/peak-rows.ts';
import { createSimdKernels } from '../../../src/kernels/simd/simd-kernels.ts';
import { WasmInstance, compileWasm } from '../../../src/kernels/simd/wasm-instance.ts';
import { noise } from '../../support.ts';

test('a search gets rows of as many frames as fit, and the sample peak needs none', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const rows = wasm.exports.createPeak(1, annex2Fir.tapCount, 0, 0);
  const asked: number[] = [];
  const kernel = createPeakRows(wasm, 1, annex2Fir, {
    rows,
    maximum(_channel, frameCount, largest) {
      asked.push(frameCount);
      return largest;
    },
    raiseEnvelope: () => undefined,
  });
  const row = new Float32Array(10000);
  row.set([1e-31, -0.75, NaN], 9000);
  const samplePeaks = new Float32Array(1);
  kernel.maxima([row], 10000, new Float32Array(1), samplePeaks);
  expect(asked).toEqual([4096, 4096, 1808]);
  expect(samplePeaks[0]).toBe(0.75);
});

test('what an earlier, longer call left behind the last frame does not count', async () => {
  const kernels = createSimdKernels(await compileWasm());
  for (const kernel of [kernels.createPeak(1, annex2Fir), kernels.createPrecisePeak(1, preciseFir)]) {
    kernel.maxima([new Float32Array(200).fill(0.9)], 200, new Float32Array(1), new Float32Array(1));
    kernel.reset();
    kernel.maxima([noise(200, 1)], 200, new Float32Array(1), new Float32Array(1));
    for (let call = 0; call < 8; call++) {
      kernel.maxima([new Float32Array(17)], 17, new Float32Array(1), new Float32Array(1));
    }
    const [peaks, samplePeaks] = [new Float32Array(1), new Float32Array(1)];
    kernel.maxima([new Float32Array(5)], 5, peaks, samplePeaks);
    expect([peaks[0], samplePeaks[0]]).toEqual([0, 0]);
  }
});
