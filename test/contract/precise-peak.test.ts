import { describe, expect, test } from 'vitest';
import { preciseFir } from '../../src/dsp/true-peak-fir.ts';
import { noise } from '../support.ts';
import {
  annex2,
  cut,
  emptyRows,
  irregular,
  leastTimeMs,
  referenceMagnitudes,
  rows,
  sets,
  slack,
  slices,
} from './contract-support.ts';

describe.each(sets)('%s precise peak', (_, kernels) => {
  const frames = 5001;
  const tone = (hzPerRate: number): Float32Array =>
    Float32Array.from({ length: frames }, (_, n) =>
      n < 4800 ? 0.8 * Math.sin(2 * Math.PI * hzPerRate * n + n * n * 1e-7) : 0,
    );
  const signals = [
    ...rows(2, frames),
    tone(0.003),
    tone(0.11),
    tone(0.26),
    tone(0.43),
    noise(frames, 4, 1e-3),
  ];
  const magnitudes = signals.map((signal) => referenceMagnitudes(preciseFir, signal));
  const runMaxima = (size: number): Float32Array => {
    const kernel = kernels.createPrecisePeak(signals.length, preciseFir);
    const peaks = new Float32Array(signals.length);
    const samplePeaks = peaks.slice();
    cut(frames, size, (from, to) => kernel.maxima(slices(signals, from, to), to - from, peaks, samplePeaks));
    expect([...samplePeaks]).toEqual(
      signals.map((row) => row.reduce((max, x) => Math.max(max, Math.abs(x)), 0)),
    );
    return peaks;
  };
  const runEnvelope = (signal: Float32Array, floor: number, size: number): Float32Array => {
    const kernel = kernels.createPrecisePeak(1, preciseFir);
    const output = new Float32Array(frames);
    cut(frames, size, (from, to) =>
      kernel.envelope([signal.subarray(from, to)], to - from, floor, output.subarray(from, to)),
    );
    return output;
  };

  test('maxima are those of the whole fine grid', () => {
    const peaks = runMaxima(512);
    magnitudes.forEach((values, row) => {
      expect(Math.abs(peaks[row]! - values.reduce((a, b) => Math.max(a, b)))).toBeLessThan(1e-6);
    });
  });

  test('the envelope has every crest above the floor, in its interval or on its border', () => {
    signals.forEach((signal, row) => {
      const values = magnitudes[row]!;
      const floor = values.reduce((a, b) => Math.max(a, b)) / 1.4;
      const output = runEnvelope(signal, floor, 512);
      for (let n = 1; n < frames - 1; n++) {
        const around = Math.max(values[n - 1]!, values[n]!, values[n + 1]!);
        expect(output[n]!).toBeLessThanOrEqual(Math.max(around, floor) + 1e-6);
        // A crest of the grid: larger than both intervals beside it.
        if (values[n]! < around || values[n]! <= floor) continue;
        const heard = Math.max(output[n - 1]!, output[n]!, output[n + 1]!);
        expect(heard).toBeGreaterThan(values[n]! - 1e-6);
      }
    });
  });

  test('gives the same bits for any cut', () => {
    const maxima = runMaxima(frames);
    const envelope = runEnvelope(signals[0]!, 0.6, frames);
    for (const size of [1, 7, 31, 512, 4096]) {
      expect(runMaxima(size)).toEqual(maxima);
      expect(runEnvelope(signals[0]!, 0.6, size)).toEqual(envelope);
    }
  });

  test('NaN is no peak and goes by; infinity is one; reset forgets', () => {
    const kernel = kernels.createPrecisePeak(1, preciseFir);
    const broken = signals[0]!.slice();
    broken[1000] = NaN;
    const peaks = new Float32Array(1);
    kernel.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBeGreaterThan(0.5);
    expect(peaks[0]).toBeLessThan(2);
    broken[1000] = -Infinity;
    kernel.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(Infinity);
    kernel.reset();
    peaks.fill(0);
    kernel.maxima([new Float32Array(300)], 300, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(0);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const kernel = kernels.createPrecisePeak(8, preciseFir);
    const output = new Float32Array(4096);
    const sound = rows(8, 4096);
    const run = (signal: readonly Float32Array[]) => () => kernel.envelope(signal, 4096, 0, output);
    run(sound)();
    const soundMs = leastTimeMs(run(sound), 3);
    expect(leastTimeMs(run(emptyRows(8, 4096)), 3)).toBeLessThan(slack * soundMs);
    const denormal = sound.map((channel) => channel.map((sample) => sample * 1e-39));
    expect(leastTimeMs(run(denormal), 3)).toBeLessThan(slack * soundMs);
  });

  test('refuses a FIR without its symmetry', () => {
    expect(() => kernels.createPrecisePeak(1, annex2)).toThrow('mirror');
    expect(() => kernels.createPrecisePeak(1, irregular)).toThrow('phaseCount');
  });
});
