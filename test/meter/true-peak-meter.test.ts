import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLargestPeakMeter, createTruePeakMeter } from '../../src/meter/true-peak-meter.ts';
import { truePeak32 } from '../master/limiter-battery.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();

describe.each(['standard', 'precise'] as const)('%s', (mode) => {
  test('silence is -Infinity, and each channel stands for itself', () => {
    const meter = createTruePeakMeter({ kernels, channelCount: 2, mode });
    const tone = Float32Array.from({ length: 5000 }, (_, n) => 0.5 * Math.sin(n / 10));
    meter.process({ channels: [new Float32Array(5000), tone], frameCount: 5000 });
    const { truePeaksDbtp, samplePeaksDbfs } = meter.finish();
    expect(truePeaksDbtp[0]).toBe(-Infinity);
    expect(samplePeaksDbfs[0]).toBe(-Infinity);
    expect(Math.abs(truePeaksDbtp[1]! - -6.02)).toBeLessThan(0.2);
    expect(samplePeaksDbfs[1]).toBeCloseTo(-6.02, 2);
  });

  test('a peak at the very end is found, and a true peak is never below the sample peak', () => {
    const samples = new Float32Array(100);
    samples[99] = -1;
    const meter = createTruePeakMeter({ kernels, channelCount: 1, mode });
    meter.process({ channels: [samples], frameCount: 100 });
    expect(meter.finish().truePeaksDbtp[0]).toBeGreaterThanOrEqual(0);
    meter.reset();
    expect(meter.finish().truePeaksDbtp[0]).toBe(-Infinity);
  });

  test('the cut into blocks does not matter', () => {
    const samples = noise(6000, 4);
    const peaks = [1, 7, 512, 4096].map((blockFrames) => {
      const meter = createTruePeakMeter({ kernels, channelCount: 1, mode });
      for (let from = 0; from < 6000; from += blockFrames) {
        const part = samples.subarray(from, from + blockFrames);
        meter.process({ channels: [part], frameCount: part.length });
      }
      return meter.finish().truePeaksDbtp[0];
    });
    expect(new Set(peaks).size).toBe(1);
  });
});

test('precise: white noise within 0.05 dB of a 32-fold interpolation', () => {
  const samples = noise(48000, 8);
  const meter = createTruePeakMeter({ kernels, channelCount: 1, mode: 'precise' });
  meter.process({ channels: [samples], frameCount: 48000 });
  const referenceDbtp = 20 * Math.log10(truePeak32(samples));
  expect(Math.abs(meter.finish().truePeaksDbtp[0]! - referenceDbtp)).toBeLessThan(0.05);
});

test.each(['standard', 'precise'] as const)(
  '%s: the largest peaks are those of the loudest channel',
  (mode) => {
    const channels = [noise(9000, 1, 0.3), noise(9000, 2, 0.5), new Float32Array(9000)];
    // The loudest moment comes late, and in the first channel.
    channels[0]!.subarray(8000).forEach((x, n, row) => (row[n] = 3 * x));
    const each = createTruePeakMeter({ kernels, channelCount: 3, mode });
    each.process({ channels, frameCount: 9000 });
    const { truePeaksDbtp, samplePeaksDbfs } = each.finish();
    for (const blockFrames of [1000, 4096]) {
      const meter = createLargestPeakMeter({ kernels, channelCount: 3, mode });
      for (let from = 0; from < 9000; from += blockFrames) {
        const parts = channels.map((channel) => channel.subarray(from, from + blockFrames));
        meter.process({ channels: parts, frameCount: parts[0]!.length });
      }
      expect(meter.finish()).toEqual({
        truePeakDbtp: Math.max(...truePeaksDbtp),
        samplePeakDbfs: Math.max(...samplePeaksDbfs),
      });
    }
    const silent = createLargestPeakMeter({ kernels, channelCount: 3, mode });
    expect(silent.finish()).toEqual({ truePeakDbtp: -Infinity, samplePeakDbfs: -Infinity });
  },
);
