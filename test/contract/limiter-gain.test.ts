import { describe, expect, test } from 'vitest';
import type { LimiterGainOptions } from '../../src/kernels/interfaces/gains.ts';
import { noise } from '../support.ts';
import {
  cut,
  cutSizes,
  emptyRows,
  largestDifference,
  limiterOptions,
  scalar,
  sets,
  slices,
} from './contract-support.ts';

describe.each(sets)('%s limiter gain', (_, kernels) => {
  const frames = 20001;
  const peaksOf = (seed: number): Float32Array =>
    noise(frames, seed).map((x, n) => (n % (700 + 150 * seed) < 20 ? 0.4 + Math.abs(x) : Math.abs(x) / 2));
  /** Three groups: the second hands half to the first, the third nothing to anyone. */
  const peaks = [peaksOf(3), peaksOf(4), peaksOf(5)];
  const linked: Partial<LimiterGainOptions> = {
    links: Float64Array.of(1, 0.5, 0, 0.25, 1, 0, 0, 0, 1),
    release: { factor: 0.999, charge: 0.0005, discharge: 0.0001 },
    holdSamples: 13,
  };
  const run = (
    options: Partial<LimiterGainOptions>,
    inputs: readonly Float32Array[],
    size = 512,
    set = kernels,
  ): Float32Array[] => {
    const limiter = set.createLimiterGain(limiterOptions(options));
    const outputs = emptyRows(inputs.length, frames);
    cut(frames, size, (from, to) => {
      const parts = outputs.map((output) => output.subarray(from, to));
      limiter.process(slices(inputs, from, to), to - from, parts);
    });
    return outputs;
  };
  /** Largest bend of a curve in octaves. */
  const bendOf = (gains: Float32Array): number => {
    const octaves = Float64Array.from(gains, Math.log2);
    let largest = 0;
    for (let n = 2; n < octaves.length; n++) {
      largest = Math.max(largest, Math.abs(octaves[n]! - 2 * octaves[n - 1]! + octaves[n - 2]!));
    }
    return largest;
  };

  test.each([2, 4, 96, 480])('no group falls short of what its peaks require, look-ahead %i', (lookahead) => {
    const options = { ...linked, lookaheadSamples: lookahead };
    expect(kernels.createLimiterGain(limiterOptions(options)).latencySamples).toBe(lookahead);
    run(options, peaks).forEach((gains, group) => {
      for (let n = lookahead; n < frames; n++) {
        const peak = peaks[group]![n - lookahead]!;
        if (peak * gains[n]! > 0.5 * (1 + 3e-7) && peak > 0.5) expect(peak * gains[n]!).toBe(0.5);
      }
    });
  });

  test('gives the same bits for any cut, and the values of its twin', () => {
    const whole = run(linked, peaks, frames);
    for (const size of cutSizes) expect(run(linked, peaks, size)).toEqual(whole);
    run(linked, peaks, frames, scalar).forEach((twin, group) =>
      expect(largestDifference(twin, whole[group]!)).toBeLessThan(1e-6),
    );
  });

  test('a group that only follows has its share of the reduction in dB at every sample', () => {
    const [silent, loud] = run({ ...linked, links: Float64Array.of(1, 0.3, 0, 1) }, [
      new Float32Array(frames),
      peaks[0]!,
    ]);
    expect(Math.min(...silent!)).toBeLessThan(0.8);
    const shares = silent!.map((gain, n) => Math.abs(Math.log2(gain) - 0.3 * Math.log2(loud![n]!)));
    expect(Math.max(...shares)).toBeLessThan(1e-6);
  });

  test('holds as a longer window would: a required reduction lasts holdSamples more', () => {
    const hold = 13;
    const held = peaks[0]!.map((_, n) => Math.max(...peaks[0]!.subarray(Math.max(0, n - hold), n + 1)));
    expect(run({ holdSamples: hold }, [peaks[0]!])).toEqual(run({}, [held]));
  });

  test('release: towards the slow follower, which charges while the reduction is held', () => {
    const release = { factor: 0.9, charge: 0.01, discharge: 0.001 };
    const once = new Float32Array(frames);
    once[0] = 1;
    const often = once.map((_, n) => (n < 2000 ? 1 : 0));
    const [short] = run({ release, lookaheadSamples: 2 }, [once]);
    const [long] = run({ release, lookaheadSamples: 2 }, [often]);
    // Three held samples charge it to 1 - 0.99^3, two thousand to all; then it discharges.
    for (const after of [100, 500, 1500]) {
      // The reduction trails the follower by nine samples more.
      const decay = 0.999 ** (after - 9);
      expect(-Math.log2(short![2 + 1 + after]!) / (1 - 0.99 ** 3) / decay).toBeCloseTo(1, 2);
      expect(-Math.log2(long![2000 + 2 + after]!) / decay).toBeCloseTo(1, 2);
    }
  });

  test('is exactly 1 when nothing is required, also long after a peak and after bad values', () => {
    const limiter = kernels.createLimiterGain(
      limiterOptions({ lookaheadSamples: 100, release: { factor: 0.99, charge: 0.01, discharge: 0.002 } }),
    );
    const gains = new Float32Array(48000);
    const quiet = new Float32Array(48000).fill(0.5);
    limiter.process([quiet], 48000, [gains]);
    expect(gains.every((gain) => gain === 1)).toBe(true);
    limiter.process([Float32Array.of(5, NaN, Infinity, -Infinity, 3)], 5, [gains]);
    limiter.process([quiet], 48000, [gains]);
    expect(gains.every((gain) => gain > 0 && gain <= 1)).toBe(true);
    expect(gains.subarray(24000).every((gain) => gain === 1)).toBe(true);
    limiter.process([Float32Array.of(2)], 1, [gains]);
    limiter.reset();
    limiter.process([quiet], 48000, [gains]);
    expect(gains.every((gain) => gain === 1)).toBe(true);
  });

  test('a reset amid loud sound leaves nothing of it, nor behind a quiet beginning', () => {
    const limiter = kernels.createLimiterGain(limiterOptions());
    const signal = peaks[0]!.slice();
    signal.fill(0, 0, 40);
    const wanted = new Float32Array(frames);
    limiter.process([signal], frames, [wanted]);
    limiter.reset();
    limiter.process([new Float32Array(5000).fill(3)], 5000, [new Float32Array(5000)]);
    limiter.reset();
    const found = new Float32Array(frames);
    limiter.process([signal], frames, [found]);
    expect(found).toEqual(wanted);
  });

  test('reaches the target exactly at the peak, bends no more than stated, and is symmetric', () => {
    const hit = new Float32Array(frames);
    hit[1000] = 1;
    const [gains] = run({ lookaheadSamples: 200, release: { factor: 0, charge: 0, discharge: 0 } }, [hit]);
    expect(gains![999]).toBe(1);
    expect(gains![1200]).toBeCloseTo(0.5, 6);
    expect(gains![1401]).toBe(1);
    for (let n = 1; n <= 200; n++) expect(gains![1200 + n]).toBe(gains![1200 - n]);
    // Rounding to float32 adds up to four halves of 2^-24, in octaves.
    const rounding = (2 * 2 ** -24) / Math.LN2 / 0.5;
    expect(bendOf(gains!)).toBeLessThanOrEqual(2 / 101 ** 2 + rounding);
    const [dense] = run({ ...linked, lookaheadSamples: 200 }, [peaks[0]!, peaks[1]!, peaks[2]!]);
    const deepest = -Math.log2(Math.min(...dense!));
    expect(deepest).toBeGreaterThan(0.9);
    expect(bendOf(dense!)).toBeLessThanOrEqual((2 * deepest) / 101 ** 2 + 3 * rounding);
  });
});
