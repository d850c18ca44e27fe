import { describe, expect, test } from 'vitest';
import type { WeightedEnergyKernel } from '../../src/kernels/interfaces/meters.ts';
import { cut, cutSizes, emptyRows, kWeighting, leastTimeMs, rows, sets, slack } from './contract-support.ts';

/** Weighted energy in float64, in direct form I: another structure than the kernels'. */
function referenceEnergy(input: Float32Array): number {
  let signal = Float64Array.from(input);
  for (const { b0, b1, b2, a1, a2 } of kWeighting) {
    const out = new Float64Array(signal.length);
    for (let n = 0; n < out.length; n++) {
      out[n] =
        b0 * signal[n]! +
        b1 * (signal[n - 1] ?? 0) +
        b2 * (signal[n - 2] ?? 0) -
        a1 * (out[n - 1] ?? 0) -
        a2 * (out[n - 2] ?? 0);
    }
    signal = out;
  }
  return signal.reduce((sum, sample) => sum + sample * sample, 0);
}

describe.each(sets)('%s weighted energy', (_, kernels) => {
  const frames = 20000;
  /** Weights a stretch of any length, load by load. */
  const accumulate = (
    energy: WeightedEnergyKernel,
    channels: readonly Float32Array[],
    fromFrame: number,
    toFrame: number,
    sums: Float64Array,
  ): void => {
    for (let from = fromFrame; from < toFrame; from += energy.capacityFrames) {
      const to = Math.min(toFrame, from + energy.capacityFrames);
      energy.load(channels, from, to);
      energy.accumulate(0, to - from, sums);
    }
  };
  const run = (channels: readonly Float32Array[], size: number): Float64Array => {
    const energy = kernels.createWeightedEnergy(channels.length, kWeighting);
    const sums = new Float64Array(channels.length);
    cut(frames, size, (from, to) => accumulate(energy, channels, from, to, sums));
    return sums;
  };

  test.each([1, 2, 3, 6, 12])('agrees with a float64 reference, %i channels', (channelCount) => {
    const channels = rows(channelCount, frames);
    const sums = run(channels, 512);
    channels.forEach((channel, c) => expect(sums[c]! / referenceEnergy(channel)).toBeCloseTo(1, 9));
  });

  test('gives the same bits for any cut', () => {
    const channels = rows(5, frames);
    const whole = run(channels, frames);
    for (const size of cutSizes) expect(run(channels, size)).toEqual(whole);
  });

  test('997 Hz at full scale measures -3.01 LKFS', () => {
    const tone = Float32Array.from({ length: 48000 }, (_, n) => Math.sin((2 * Math.PI * 997 * n) / 48000));
    const energy = kernels.createWeightedEnergy(1, kWeighting);
    const sums = new Float64Array(1);
    accumulate(energy, [tone], 0, 24000, sums);
    sums[0] = 0;
    accumulate(energy, [tone], 24000, 48000, sums);
    expect(-0.691 + 10 * Math.log10(sums[0]! / 24000)).toBeCloseTo(-3.01, 2);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const energy = kernels.createWeightedEnergy(12, kWeighting);
    const sums = new Float64Array(12);
    const sound = rows(12, 4096);
    const denormal = sound.map((channel) => channel.map((sample) => sample * 1e-39));
    const bin = (channels: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 10; i++) {
        accumulate(energy, channels, 0, 4096, sums);
        energy.flush();
      }
    };
    bin(sound)();
    const soundMs = leastTimeMs(bin(sound));
    for (let i = 0; i < 20; i++) bin(emptyRows(12, 4096))();
    expect(leastTimeMs(bin(emptyRows(12, 4096)))).toBeLessThan(slack * soundMs);
    expect(leastTimeMs(bin(denormal))).toBeLessThan(slack * soundMs);
  });

  test('reset returns to the start; NaN stays in its channel', () => {
    const channels = rows(3, frames);
    const energy = kernels.createWeightedEnergy(3, kWeighting);
    const dirty = channels.map((channel) => channel.slice());
    dirty[1]![100] = NaN;
    const sums = new Float64Array(3);
    accumulate(energy, dirty, 0, frames, sums);
    expect(sums.map(Number.isNaN as unknown as (value: number) => number)).toEqual(Float64Array.of(0, 1, 0));
    energy.reset();
    sums.fill(0);
    accumulate(energy, channels, 0, frames, sums);
    expect(sums).toEqual(run(channels, frames));
  });
});
