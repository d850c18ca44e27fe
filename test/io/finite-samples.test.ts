import { expect, test } from 'vitest';
import { checkFinite, isFiniteSignal } from '../../src/io/finite-samples.ts';
import { noise } from '../support.ts';

const place = { file: 'stem.wav', sampleRateHz: 48000 };

test('ordinary, huge, tiny and negative zero samples are finite', () => {
  const samples = Float32Array.of(...noise(100), 3.4e38, -3.4e38, 1e-45, -0);
  expect(isFiniteSignal(samples, samples.length)).toBe(true);
  expect(() => checkFinite([samples], samples.length, 0, place)).not.toThrow();
});

test.each([NaN, Infinity, -Infinity])('%d is found, but only within the block', (value) => {
  const samples = new Float32Array(100);
  samples[60] = value;
  expect(isFiniteSignal(samples, 60)).toBe(true);
  expect(isFiniteSignal(samples, 61)).toBe(false);
  expect(() => checkFinite([new Float32Array(100), samples], 100, 96_000, place)).toThrow(
    expect.objectContaining({
      code: 'not-finite',
      message: expect.stringMatching(/^stem\.wav: channel 2 holds .* at 2\.001 s \(sample 96060\)/),
    }),
  );
});
