import { expect, test } from 'vitest';
import { designMatchedBiquad } from '../../src/dsp/matched-biquad.ts';
import { frequenciesHz, responseOf } from './filter-response.ts';

test('far below half the sample rate it is the bilinear transform', () => {
  // Butterworth low-pass: with k = tan(pi f / fs), b0 = k^2 / (1 + sqrt(2) k + k^2).
  const k = Math.tan((Math.PI * 20) / 48000);
  const section = designMatchedBiquad({ numerator: [1, 0, 0], denominator: [1, Math.SQRT2, 1] }, 20, 48000);
  expect(section.a2).toBeCloseTo((1 - Math.SQRT2 * k + k * k) / (1 + Math.SQRT2 * k + k * k), 5);
  expect(responseOf([section], 0, 48000).levelDb).toBeCloseTo(0, 6);
});

test('near half the sample rate a pole alone keeps its slope, which the bilinear transform would double', () => {
  const prototype = { numerator: [1, 0, 0], denominator: [1, 1, 0] } as const;
  const section = designMatchedBiquad(prototype, 5000, 48000);
  for (const frequencyHz of frequenciesHz(10, 21_000, 50)) {
    const wantedDb = -10 * Math.log10(1 + (frequencyHz / 5000) ** 2);
    expect(Math.abs(responseOf([section], frequencyHz, 48000).levelDb - wantedDb)).toBeLessThan(0.35);
  }
});
