import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createStepBuffer } from '../../src/meter/step-buffer.ts';
import { createTimedPeakMeter } from '../../src/meter/timed-peaks.ts';
import { createTruePeakMeter, type TruePeakMode } from '../../src/meter/true-peak-meter.ts';
import { noise } from '../support.ts';

const sets = [createScalarKernels(), await loadKernels()];

function peaksOf(
  channels: readonly Float32Array[],
  { kernels = sets[1]!, mode = 'standard' as TruePeakMode, ceilingDbtp = -1, blockFrames = 4096 } = {},
) {
  const sampleRateHz = 48000;
  const channelCount = channels.length;
  const meter = createTimedPeakMeter({ kernels, channelCount, mode, sampleRateHz, ceilingDbtp });
  const buffer = createStepBuffer(channelCount, sampleRateHz, (step, start) => {
    let largest = 0;
    for (const samples of step.channels)
      for (let n = 0; n < step.frameCount; n++) largest = Math.max(largest, Math.abs(samples[n]!));
    meter.take(step, start, largest);
  });
  const frameCount = channels[0]!.length;
  for (let from = 0; from < frameCount; from += blockFrames) {
    const parts = channels.map((channel) => channel.subarray(from, from + blockFrames));
    buffer.process({ channels: parts, frameCount: parts[0]!.length });
  }
  buffer.finish();
  return meter.finish();
}

/** Bursts of fs/4 at 45 degrees: their crests lie midway between samples, 3 dB above them. */
function bursts(
  length: number,
  places: readonly (readonly [start: number, amplitude: number])[],
): Float32Array {
  const samples = new Float32Array(length);
  for (const [start, amplitude] of places)
    for (let n = 0; n < 64; n++) {
      const envelope = Math.sin((Math.PI * (n + 0.5)) / 64) ** 2;
      samples[start + n] = amplitude * envelope * Math.sin((Math.PI * n) / 2 + Math.PI / 4);
    }
  return samples;
}

describe.each(sets)('$kind', (kernels) => {
  describe.each(['standard', 'precise'] as const)('%s', (mode) => {
    test('peaks are those of the true-peak meter, each at its time', () => {
      const channels = [
        bursts(30000, [
          [3000, 0.5],
          [20000, 0.9],
        ]),
        bursts(30000, [
          [4790, 0.7],
          [15000, 0.6],
        ]),
        new Float32Array(30000),
      ];
      const { truePeaks, truePeakSamples, samplePeaks } = peaksOf(channels, { kernels, mode });
      const plain = createTruePeakMeter({ kernels, channelCount: 3, mode });
      plain.process({ channels, frameCount: 30000 });
      const { truePeaksDbtp, samplePeaksDbfs } = plain.finish();
      truePeaks.forEach((peak, channel) => expect(20 * Math.log10(peak)).toBe(truePeaksDbtp[channel]));
      samplePeaks.forEach((peak, channel) => expect(20 * Math.log10(peak)).toBe(samplePeaksDbfs[channel]));
      expect(Math.abs(truePeakSamples[0]! - 20032)).toBeLessThanOrEqual(2);
      expect(Math.abs(truePeakSamples[1]! - 4822)).toBeLessThanOrEqual(2);
      expect(truePeakSamples[2]).toBe(NaN);
    });

    test('overs above the ceiling, by channel and time, merged within 10 ms', () => {
      const channels = [
        bursts(48000, [
          [5000, 0.95],
          [5400, 1.2],
          [20000, 0.3],
        ]),
        bursts(48000, [
          [9590, 1.1],
          [30000, 0.96],
        ]),
      ];
      const { overCount, overs } = peaksOf(channels, { kernels, mode });
      expect(overCount).toBe(3);
      expect(overs.map(({ channel }) => channel)).toEqual([0, 1, 1]);
      for (const [index, [start, end, peak]] of [
        [5020, 5445, 1.2],
        [9610, 9635, 1.1],
        [30025, 30040, 0.96],
      ].entries()) {
        const over = overs[index]!;
        expect(Math.abs(over.startSample - start!)).toBeLessThan(12);
        expect(Math.abs(over.endSample - end!)).toBeLessThan(12);
        expect(Math.abs(20 * Math.log10(over.peak / peak!))).toBeLessThan(0.2);
      }
    });
  });

  test('the peak of all channels in each 100 ms', () => {
    const levels = [0.1, 0.5, 0.2, 0.9, 0.3];
    const channels = [1, 2].map((seed) =>
      noise(24000, seed).map((x, n) => 0.5 * x * levels[Math.floor(n / 4800)]!),
    );
    const { stepPeaks } = peaksOf(channels, { kernels });
    expect(stepPeaks).toHaveLength(5);
    for (let step = 0; step < 5; step++) {
      const meter = createTruePeakMeter({ kernels, channelCount: 2 });
      const before = Math.max(0, 4800 * step - 12);
      // The filter speaks of what lies six samples before its newest.
      const parts = channels.map((channel) => channel.slice(before, 4800 * (step + 1)));
      meter.process({ channels: parts, frameCount: parts[0]!.length });
      const peakDbtp = Math.max(...meter.finish().truePeaksDbtp);
      expect(Math.abs(20 * Math.log10(stepPeaks[step]!) - peakDbtp)).toBeLessThan(0.3);
    }
  });

  test('a peak in the last sample, and silence', () => {
    const samples = new Float32Array(4801);
    samples[4800] = 1;
    const { truePeaks, truePeakSamples, stepPeaks, overCount } = peaksOf([samples], { kernels });
    expect(truePeaks[0]).toBeGreaterThanOrEqual(1);
    expect(truePeakSamples[0]).toBe(4800);
    expect(stepPeaks[1]).toBe(truePeaks[0]);
    expect(overCount).toBe(1);
    const silent = peaksOf([new Float32Array(100)], { kernels });
    expect(silent.overs).toEqual([]);
    expect([...silent.stepPeaks]).toEqual([0]);
  });
});

test.each([1, 480, 5000, 50000])('blocks of %i frames give the same', (blockFrames) => {
  const channels = [1, 2].map((seed) => noise(60000, seed).map((x, n) => x * (n % 3000 < 500 ? 1 : 0.1)));
  const wanted = peaksOf(channels, { ceilingDbtp: 1 });
  expect(wanted.overCount).toBeGreaterThan(10);
  expect(peaksOf(channels, { ceilingDbtp: 1, blockFrames })).toEqual(wanted);
});
