import { expect, test } from 'vitest';
import { createFader, fadeCurves, fadeGain, type FaderOptions } from '../../src/master/fades.ts';
import { noise } from '../support.ts';

function fade(options: Omit<FaderOptions, 'channelCount'>, input: Float32Array, size = input.length) {
  const fader = createFader({ ...options, channelCount: 1 });
  const output = new Float32Array(input.length);
  for (let from = 0; from < input.length; from += size) {
    const frameCount = Math.min(size, input.length - from);
    fader.process(
      { channels: [input.subarray(from)], frameCount },
      { channels: [output.subarray(from)], frameCount },
    );
  }
  return output;
}

test('curves go from 0 to 1, and by their formulas', () => {
  for (const curve of fadeCurves) {
    expect(fadeGain(curve, 0)).toBe(0);
    expect(fadeGain(curve, 1)).toBe(1);
  }
  expect(fadeGain('linear', 0.25)).toBe(0.25);
  expect(fadeGain('equal-power', 0.5)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(fadeGain('equal-power', 0.3) ** 2 + fadeGain('equal-power', 0.7) ** 2).toBeCloseTo(1, 12);
  expect(fadeGain('raised-cosine', 0.5)).toBeCloseTo(0.5, 12);
  expect(fadeGain('raised-cosine', 0.3) + fadeGain('raised-cosine', 0.7)).toBeCloseTo(1, 12);
});

test('sample by sample: silent at the very ends, untouched in between', () => {
  const ones = new Float32Array(20).fill(1);
  const output = fade(
    {
      frameCount: 20,
      fadeIn: { frameCount: 4, curve: 'linear' },
      fadeOut: { frameCount: 5, curve: 'linear' },
    },
    ones,
  );
  const wanted = [0, 0.25, 0.5, 0.75, ...Array(11).fill(1), 0.8, 0.6, 0.4, 0.2, 0].map(Math.fround);
  expect([...output]).toEqual(wanted);
});

test.each(fadeCurves)('%s: no block size changes a bit, and the middle is the input', (curve) => {
  const input = noise(10_000, 4);
  const options = {
    frameCount: 10_000,
    fadeIn: { frameCount: 3000, curve },
    fadeOut: { frameCount: 2500, curve },
  };
  const whole = fade(options, input);
  for (const size of [1, 7, 512, 4096]) expect(fade(options, input, size)).toEqual(whole);
  expect(whole.subarray(3000, 7500)).toEqual(input.subarray(3000, 7500));
  for (const at of [0, 1, 1500, 2999])
    expect(whole[at]).toBe(Math.fround(input[at]! * fadeGain(curve, at / 3000)));
  for (const at of [7500, 9000, 9999])
    expect(whole[at]).toBe(Math.fround(input[at]! * fadeGain(curve, (9999 - at) / 2500)));
});

test('fades that meet multiply, and reset begins again', () => {
  const ramp = { frameCount: 10, curve: 'linear' } as const;
  const fader = createFader({ channelCount: 1, frameCount: 10, fadeIn: ramp, fadeOut: ramp });
  const run = (): number[] => {
    const row = new Float32Array(10).fill(1);
    fader.process({ channels: [row], frameCount: 10 }, { channels: [row], frameCount: 10 });
    return [...row];
  };
  const first = run();
  expect(first).toEqual(Array.from({ length: 10 }, (_, n) => Math.fround((n / 10) * ((9 - n) / 10))));
  fader.reset();
  expect(run()).toEqual(first);
});
