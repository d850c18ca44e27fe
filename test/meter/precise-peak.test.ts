import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createPrecisePeak, precisePeakDelaySamples } from '../../src/meter/precise-peak.ts';
import { truePeak32 } from '../master/limiter-battery.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();

test('the envelope peaks where the signal does, its declared delay later', () => {
  const detector = createPrecisePeak(kernels, 2);
  const pulse = new Float32Array(300);
  // A pulse midway between samples 100 and 101; it reaches up to the Nyquist frequency, which no filter passes whole.
  for (let n = 0; n < 300; n++) pulse[n] = Math.sin(Math.PI * (n - 100.5)) / (Math.PI * (n - 100.5));
  const output = new Float32Array(300);
  detector.envelope([new Float32Array(300), pulse], 300, 0.9, output);
  const loud = [...output.keys()].filter((frame) => output[frame]! > 0.9);
  expect(loud).toEqual([100 + precisePeakDelaySamples]);
  expect(Math.abs(output[loud[0]!]! - 1)).toBeLessThan(0.02);
});

test('agrees with a full 32-fold interpolation, however the audio is cut', () => {
  const samples = noise(4000, 3);
  const reference = truePeak32(samples);
  for (const blockFrames of [1, 7, 512]) {
    const detector = createPrecisePeak(kernels, 1);
    const output = new Float32Array(512);
    let peak = 0;
    for (let from = 0; from < 4200; from += blockFrames) {
      const input = new Float32Array(blockFrames);
      input.set(samples.subarray(from, from + blockFrames));
      detector.envelope([input], blockFrames, 1, output);
      for (let frame = 0; frame < blockFrames; frame++) peak = Math.max(peak, output[frame]!);
    }
    expect(Math.abs(20 * Math.log10(peak / reference))).toBeLessThan(0.02);
  }
});

test('reset forgets the past', () => {
  const detector = createPrecisePeak(kernels, 1);
  const output = new Float32Array(512);
  detector.envelope([noise(512)], 512, 0.5, output);
  detector.reset();
  detector.envelope([new Float32Array(512)], 512, 0.5, output);
  expect(output).toEqual(new Float32Array(512).fill(0.5));
});
