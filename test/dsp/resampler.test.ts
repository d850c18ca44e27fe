import { expect, test } from 'vitest';
import { designResampler, resampleChannel, resampledFrames } from '../../src/dsp/resampler.ts';

test('one filter for near rates, two from four times on', () => {
  const factors = (fromHz: number, toHz: number): number[][] =>
    designResampler(fromHz, toHz).stages.map(({ upFactor, downFactor }) => [upFactor, downFactor]);
  expect(factors(44100, 48000)).toEqual([[160, 147]]);
  expect(factors(192000, 48000)).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(factors(44100, 192000)).toEqual([
    [320, 147],
    [2, 1],
  ]);
  expect(factors(1000, 4001)).toEqual([[4001, 1000]]);
});

test('rates and ratios that cannot be are refused', () => {
  for (const [fromHz, toHz] of [
    [0, 48000],
    [44100.5, 48000],
    [48000, Infinity],
  ] as const) {
    expect(() => designResampler(fromHz, toHz)).toThrow(/whole number/);
  }
  expect(() => designResampler(47999, 191999)).toThrow(/47999 Hz cannot become 191999 Hz.*191999\/47999/);
});

test('lengths are the nearest whole number of frames', () => {
  const length = (frames: number, fromHz: number, toHz: number): number =>
    resampledFrames(frames, { fromHz, toHz });
  expect(length(44100, 44100, 48000)).toBe(48000);
  expect(length(44101, 44100, 48000)).toBe(48001);
  expect(length(48001, 48000, 44100)).toBe(44101);
  expect(length(3, 96000, 48000)).toBe(2);
  expect(length(1, 192000, 8000)).toBe(1);
  expect(length(0, 44100, 48000)).toBe(0);
  expect(length(44100 * 86400 * 30, 44100, 192000)).toBe(192000 * 86400 * 30);
});

test.each([
  [44100, 48000],
  [48000, 44100],
  [44100, 192000],
  [192000, 44100],
])(
  '%i to %i Hz: an impulse stays where it is, symmetrical, and a constant keeps its value',
  (fromHz, toHz) => {
    const second = new Float64Array(fromHz / 10);
    second[second.length / 2] = 1;
    const impulse = resampleChannel(second, designResampler(fromHz, toHz));
    expect(impulse).toHaveLength(toHz / 10);
    const middle = toHz / 20;
    for (let n = 1; n < 500; n++) expect(impulse[middle + n]).toBeCloseTo(impulse[middle - n]!, 12);
    expect(Math.max(...impulse)).toBe(impulse[middle]);
    const constant = resampleChannel(second.fill(0.5), designResampler(fromHz, toHz));
    for (let n = 2000; n < constant.length - 2000; n++)
      expect(Math.abs(constant[n]! - 0.5)).toBeLessThan(1e-9);
  },
);
