import { describe, expect, test } from 'vitest';
import { designOctaveBands } from '../../src/dsp/octave-bands.ts';
import { cut, emptyRows, leastTimeMs, rows, sets, slack, slices } from './contract-support.ts';

/** Sections and half-band filters as their definition says, on whole signals. */
function octaveReference(signal: Float32Array, rateHz: number): number[] {
  const { bands, halfBandTaps } = designOctaveBands(rateHz).design;
  const stages = [Float64Array.from(signal)];
  while (stages.length <= 10) {
    const from = stages.at(-1)!;
    const at = (n: number): number => from[n] ?? 0;
    stages.push(
      Float64Array.from({ length: Math.ceil(from.length / 2) }, (_, n) =>
        halfBandTaps.reduce(
          (sum, tap, k) => sum + tap * (at(2 * n - 13 - 2 * k - 1) + at(2 * n - 13 + 2 * k + 1)),
          at(2 * n - 13) / 2,
        ),
      ),
    );
  }
  return bands.map(({ stage, isHighPass, sections, gain }) => {
    let rows = stages[stage]!.map((x) => gain * x);
    for (const [a1, a2] of sections) {
      const output = new Float64Array(rows.length);
      for (let n = 0; n < rows.length; n++) {
        const [older, oldest] = [rows[n - 1] ?? 0, rows[n - 2] ?? 0];
        const input = isHighPass ? rows[n]! - 2 * older + oldest : rows[n]! - oldest;
        output[n] = input - a1 * (output[n - 1] ?? 0) - a2 * (output[n - 2] ?? 0);
      }
      rows = output;
    }
    return rows.reduce((sum, x) => sum + x * x, 0);
  });
}

describe.each(sets)('%s octave bands', (_, kernels) => {
  const frames = 30011;
  const measure = (channels: readonly Float32Array[], size: number, rateHz = 48000): Float64Array => {
    const { design } = designOctaveBands(rateHz);
    const kernel = kernels.createOctaveBands(channels.length, design);
    const energies = new Float64Array(channels.length * design.bands.length);
    const length = channels[0]!.length;
    cut(length, size, (from, to) => kernel.accumulate(slices(channels, from, to), to - from, energies));
    return energies;
  };

  test('agree with the definition in float64, at several rates', () => {
    for (const rateHz of [8000, 48000, 192000]) {
      const channels = rows(5, frames, rateHz / 8000);
      const energies = measure(channels, 4800, rateHz);
      const wanted = channels.flatMap((channel) => octaveReference(channel, rateHz));
      expect(energies.length).toBe(wanted.length);
      wanted.forEach((energy, index) => expect(Math.abs(energies[index]! / energy - 1)).toBeLessThan(3e-5));
    }
  });

  test('give the same bits for any cut', () => {
    const channels = rows(3, frames);
    const whole = measure(channels, 4096);
    for (const size of [1, 7, 512]) expect(measure(channels, size)).toEqual(whole);
  });

  test('reset forgets; NaN stays in its channel', () => {
    const { design } = designOctaveBands(48000);
    const kernel = kernels.createOctaveBands(2, design);
    const channels = rows(2, 3001);
    const first = new Float64Array(20);
    kernel.accumulate(channels, 3001, first);
    const bad = new Float64Array(20);
    kernel.accumulate([channels[0]!.map(() => NaN), channels[1]!], 3001, bad);
    expect(bad.subarray(0, 5).every(Number.isNaN) && bad.subarray(10).every(Number.isFinite)).toBe(true);
    kernel.reset();
    const again = new Float64Array(20);
    kernel.accumulate(channels, 3001, again);
    expect(again).toEqual(first);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const { design } = designOctaveBands(48000);
    const kernel = kernels.createOctaveBands(4, design);
    const energies = new Float64Array(40);
    const run = (inputs: readonly Float32Array[], times: number): void => {
      for (let i = 0; i < times; i++) kernel.accumulate(inputs, 4800, energies);
    };
    const sound = rows(4, 4800);
    run(sound, 10);
    const soundMs = leastTimeMs(() => run(sound, 10));
    const silenceMs = leastTimeMs(() => {
      run(sound, 1);
      run(emptyRows(4, 4800), 10);
    });
    const denormalMs = leastTimeMs(() => run(rows(4, 4800, 1, 1e-38), 10));
    expect(Math.max(silenceMs, denormalMs)).toBeLessThan(slack * soundMs + 1);
  });

  test('refuses a design that it cannot hold', () => {
    const { design } = designOctaveBands(48000);
    const short = { ...design, bands: design.bands.map((band) => ({ ...band, sections: [] })) };
    expect(() => kernels.createOctaveBands(2, short)).toThrow('sections.length is 0');
  });
});
