import { describe, expect, test } from 'vitest';
import { designBandPart, type BandShape } from '../../src/dsp/band-part.ts';
import { designPeaking } from '../../src/dsp/biquad.ts';
import type { BiquadCoefficients } from '../../src/kernels/interfaces/filters.ts';
import { frequenciesHz, responseOf } from './filter-response.ts';

const rateHz = 48000;

/** 1 + (gain - 1) part, as one filter. */
const moved = ({ b0, b1, b2, a1, a2 }: BiquadCoefficients, gain: number): BiquadCoefficients => ({
  b0: 1 + (gain - 1) * b0,
  b1: a1 + (gain - 1) * b1,
  b2: a2 + (gain - 1) * b2,
  a1,
  a2,
});

test.each([3, 9, 18])(
  'a bell of %d dB is the cookbook one whose width is that of the band-pass',
  (gainDb) => {
    const amplitude = 10 ** (gainDb / 40);
    const part = designBandPart('bell', 3000, 2, rateHz);
    const bell = designPeaking(3000, gainDb, 2 / amplitude, rateHz);
    for (const frequencyHz of frequenciesHz(20, 23_000, 60))
      expect(responseOf([moved(part, amplitude ** 2)], frequencyHz, rateHz).levelDb).toBeCloseTo(
        responseOf([bell], frequencyHz, rateHz).levelDb,
        9,
      );
  },
);

describe.each<[BandShape, number, number]>([
  ['lowshelf', 1, 20_000],
  ['highshelf', 23_999, 1],
])('%s', (shape, insideHz, outsideHz) => {
  test.each([-24, -6, 6, 24])('%d dB: all of it inside, none outside, no overshoot between', (gainDb) => {
    const filter = moved(designBandPart(shape, 200, 1, rateHz), 10 ** (gainDb / 20));
    const levelAt = (frequencyHz: number): number => responseOf([filter], frequencyHz, rateHz).levelDb;
    expect(Math.abs(levelAt(insideHz) - gainDb)).toBeLessThan(0.05);
    expect(Math.abs(levelAt(outsideHz))).toBeLessThan(0.05);
    const levels = frequenciesHz(1, 23_999, 80).map(levelAt);
    const rises = (shape === 'highshelf') === gainDb > 0;
    for (const [index, levelDb] of levels.entries())
      if (index > 0) expect((rises ? 1 : -1) * (levelDb - levels[index - 1]!)).toBeGreaterThan(-1e-9);
  });
});
