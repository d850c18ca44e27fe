import { describe, expect, test } from 'vitest';
import type { PolyphaseFir } from '../../src/kernels/interfaces/meters.ts';
import {
  annex2,
  cut,
  cutSizes,
  emptyRows,
  irregular,
  largestDifference,
  leastTimeMs,
  referenceMagnitudes,
  rows,
  sets,
  slack,
  slices,
} from './contract-support.ts';

/** Windowed sinc with 16 phases; its phases mirror each other except the first, which is a delayed impulse. */
const fine: PolyphaseFir = {
  phaseCount: 16,
  tapCount: 32,
  coefficients: Float32Array.from({ length: 512 }, (_, i) => {
    const t = ((i % 32) * 16 + Math.floor(i / 32)) / 16 - 16;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * t) / 16);
    return t === 0 ? 1 : (window * Math.sin(Math.PI * t)) / (Math.PI * t);
  }),
};

const symmetricOdd: PolyphaseFir = {
  phaseCount: 3,
  tapCount: 3,
  coefficients: Float32Array.of(0.1, 0.8, -0.2, 0.3, 0.5, 0.3, -0.2, 0.8, 0.1),
};

const firs: [string, PolyphaseFir][] = [
  ['4 x 12', annex2],
  ['16 x 32', fine],
  ['irregular 3 x 5', irregular],
  ['mirrored 3 x 3', symmetricOdd],
];

describe.each(sets)('%s peak', (_, kernels) => {
  const frames = 6001;
  const channels = rows(3, frames).map((channel, c) =>
    channel.map((x, n) => x * Math.sin(n / (300 + c)) ** 4),
  );
  const runMaxima = (fir: PolyphaseFir, size: number): Float32Array => {
    const peak = kernels.createPeak(3, fir);
    const peaks = new Float32Array(3);
    const samplePeaks = new Float32Array(3);
    cut(frames, size, (from, to) => peak.maxima(slices(channels, from, to), to - from, peaks, samplePeaks));
    expect([...samplePeaks]).toEqual(
      channels.map((channel) => channel.reduce((max, x) => Math.max(max, Math.abs(x)), 0)),
    );
    return peaks;
  };
  const runEnvelope = (fir: PolyphaseFir, floor: number, size: number): Float32Array => {
    const peak = kernels.createPeak(3, fir);
    const output = new Float32Array(frames);
    cut(frames, size, (from, to) =>
      peak.envelope(slices(channels, from, to), to - from, floor, output.subarray(from, to)),
    );
    return output;
  };

  describe.each(firs)('with the %s FIR', (_, fir) => {
    test('maxima and envelope agree with a float64 polyphase reference', () => {
      const magnitudes = channels.map((channel) => referenceMagnitudes(fir, channel));
      const wanted = magnitudes.map((values) => Math.max(...values));
      expect(largestDifference(runMaxima(fir, frames), wanted)).toBeLessThan(1e-6);
      for (const floor of [0, 0.4]) {
        const envelope = magnitudes[0]!.map((_, n) =>
          Math.max(floor, ...magnitudes.map((values) => values[n]!)),
        );
        expect(largestDifference(runEnvelope(fir, floor, frames), envelope)).toBeLessThan(1e-6);
      }
    });

    test('gives the same bits for any cut', () => {
      const maxima = runMaxima(fir, frames);
      const envelope = runEnvelope(fir, 0.3, frames);
      for (const size of cutSizes) {
        expect(runMaxima(fir, size)).toEqual(maxima);
        expect(runEnvelope(fir, 0.3, size)).toEqual(envelope);
      }
    });
  });

  test('maxima hold what they were given and start anew from what the caller sets', () => {
    const peak = kernels.createPeak(1, annex2);
    const peaks = Float32Array.of(5);
    peak.maxima([channels[0]!], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(5);
    peaks[0] = 0;
    peak.maxima([new Float32Array(20)], 1, peaks, new Float32Array(1));
    const after = referenceMagnitudes(annex2, Float32Array.of(...channels[0]!, 0));
    expect(peaks[0]).toBeCloseTo(after.at(-1)!, 6);
  });

  test('NaN is no peak and goes by; infinity is one', () => {
    const peak = kernels.createPeak(1, annex2);
    const peaks = new Float32Array(1);
    const broken = channels[0]!.slice();
    broken[1000] = NaN;
    peak.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBeGreaterThan(0.5);
    expect(peaks[0]).toBeLessThan(2);
    broken[1000] = -Infinity;
    peak.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(Infinity);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const peak = kernels.createPeak(8, annex2);
    const output = new Float32Array(4096);
    const sound = rows(8, 4096);
    const run = (signal: readonly Float32Array[]) => () => peak.envelope(signal, 4096, 0, output);
    run(sound)();
    const soundMs = leastTimeMs(run(sound));
    expect(leastTimeMs(run(emptyRows(8, 4096)))).toBeLessThan(slack * soundMs);
    const denormal = sound.map((channel) => channel.map((sample) => sample * 1e-39));
    expect(leastTimeMs(run(denormal))).toBeLessThan(slack * soundMs);
  });
});
