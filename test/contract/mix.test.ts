import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { noise } from '../support.ts';
import { cut, cutSizes, emptyRows, largestDifference, rows, scalar, sets } from './contract-support.ts';

/** A mix with moving, static and silent sources, run in pieces of one size. */
function runMix(
  kernels: Kernels,
  sources: readonly Float32Array[],
  frames: number,
  size: number,
): Float32Array[] {
  const outputCount = 5;
  const mix = kernels.createMix(sources.length, outputCount, 4096);
  sources.forEach((_, source) => {
    const { starts, ends } = mixGains(source, outputCount);
    expect(mix.setRamp(source, starts, ends, frames, 10)).toBe(true);
  });
  const outputs = emptyRows(outputCount, frames);
  cut(frames, size, (from, to) => {
    mix.clear(to - from);
    for (let source = 0; source < sources.length; source++) {
      mix.load(sources[source]!, from, to, 0);
      const middle = Math.floor((to - from) / 3);
      for (const [start, end] of [
        [0, middle],
        [middle, to - from],
      ] as const) {
        mix.mix(source, from + start + 100 * source, start, end);
      }
    }
    mix.store(outputs, from, to - from);
  });
  return outputs;
}

function mixGains(source: number, outputCount: number): { starts: Float64Array; ends: Float64Array } {
  const starts = Float64Array.from(noise(outputCount, 50 + source));
  const ends = source % 2 ? starts : Float64Array.from(noise(outputCount, 90 + source));
  starts[4] = ends[4] = 0;
  if (source < 4) starts[1] = ends[1] = 0;
  return { starts, ends };
}

describe.each(sets)('%s mix', (_, kernels) => {
  const frames = 9001;
  const sources = rows(7, frames);
  const whole = runMix(kernels, sources, frames, 4096);

  test('agrees with a float64 reference', () => {
    const wanted = Array.from({ length: 5 }, () => new Float64Array(frames));
    sources.forEach((source, s) => {
      const { starts, ends } = mixGains(s, 5);
      for (let o = 0; o < 5; o++) {
        const step = (ends[o]! - starts[o]!) / frames;
        for (let n = 0; n < frames; n++)
          wanted[o]![n]! += source[n]! * (starts[o]! + step * (n + 10 + 100 * s));
      }
    });
    for (let o = 0; o < 5; o++) expect(largestDifference(whole[o]!, wanted[o]!)).toBeLessThan(2e-6);
    expect(whole[4]!.every((sample) => sample === 0)).toBe(true);
  });

  test('gives the same bits for any cut', () => {
    for (const size of cutSizes) expect(runMix(kernels, sources, frames, size)).toEqual(whole);
  });

  test('gives the bits of its twin', () => {
    expect(runMix(scalar, sources, frames, 512)).toEqual(whole);
  });

  test('passes a sole source at gain 1 bit by bit', () => {
    const mix = kernels.createMix(1, 2, 512);
    const gains = Float64Array.of(1, 0);
    mix.setRamp(0, gains, gains, Infinity, 65536);
    mix.clear(509);
    mix.load(sources[0]!, 20, 520, 9);
    mix.mix(0, 0, 9, 509);
    const outputs = emptyRows(2, 520);
    mix.store(outputs, 11, 509);
    const passed = sources[0]!.slice(0, 520).fill(0, 0, 20);
    expect(outputs).toEqual([passed, new Float32Array(520)]);
  });

  test('says when no output has a gain', () => {
    const mix = kernels.createMix(1, 2, 64);
    expect(mix.setRamp(0, new Float64Array(2), new Float64Array(2), 64, 0)).toBe(false);
    expect(mix.setRamp(0, new Float64Array(2), Float64Array.of(0, 1), 64, 0)).toBe(true);
  });

  test('refuses what does not fit', () => {
    const mix = kernels.createMix(3, 2, 64);
    const gains = new Float64Array(2);
    expect(() => mix.clear(65)).toThrow('0..64');
    expect(() => mix.load(new Float32Array(60), 0, 61, 0)).toThrow('60 of 61');
    expect(() => mix.load(new Float32Array(60), 0, 60, 5)).toThrow('0..4');
    expect(() => mix.setRamp(3, gains, gains, 1, 0)).toThrow('0..2');
    expect(() => mix.mix(3, 0, 0, 10)).toThrow('0..2');
    expect(() => mix.mix(0, 0, 0, 65)).toThrow('0..64');
    expect(() => mix.store(emptyRows(2, 10), 1, 10)).toThrow('10 of 11');
    expect(() => kernels.createMix(0, 2, 64)).toThrow('sourceCount');
  });
});
