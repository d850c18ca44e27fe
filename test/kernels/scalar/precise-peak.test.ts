import { expect, test } from 'vitest';
import { preciseFir } from '../../../src/dsp/true-peak-fir.ts';
import { createPrecisePeak } from '../../../src/kernels/scalar/precise-peak.ts';

test('a pulse midway between two samples is heard in their interval, its declared delay later', () => {
  const kernel = createPrecisePeak(2, preciseFir);
  // It reaches up to the Nyquist frequency, which no filter passes whole.
  const pulse = Float32Array.from(
    { length: 300 },
    (_, n) => Math.sin(Math.PI * (n - 100.5)) / (Math.PI * (n - 100.5)),
  );
  const output = new Float32Array(300);
  kernel.envelope([new Float32Array(300), pulse], 300, 0.9, output);
  const loud = [...output.keys()].filter((frame) => output[frame]! > 0.9);
  expect(loud).toEqual([100 + kernel.delaySamples]);
  expect(Math.abs(output[loud[0]!]! - 1)).toBeLessThan(0.02);
});
