import { describe, expect, test } from 'vitest';
import { designBell, designButterworth, designMatchedShelf } from '../../src/dsp/parametric-eq.ts';
import type { BiquadCoefficients } from '../../src/kernels/interfaces/filters.ts';
import { frequenciesHz, responseOf } from './filter-response.ts';

/** Level of c0 + c1 s + c2 s^2 at s = j ratio. */
const analogueDb = ([c0, c1, c2]: readonly number[], ratio: number): number =>
  20 * Math.log10(Math.hypot(c0! - c2! * ratio * ratio, c1! * ratio));

/** The analogue bell and shelves of Bristow-Johnson's cookbook, written out. */
const analogue = {
  bell: (ratio: number, amplitude: number, q: number): number =>
    analogueDb([1, amplitude / q, 1], ratio) - analogueDb([1, 1 / amplitude / q, 1], ratio),
  low: (ratio: number, amplitude: number, q: number): number =>
    20 * Math.log10(amplitude) +
    analogueDb([amplitude, Math.sqrt(amplitude) / q, 1], ratio) -
    analogueDb([1, Math.sqrt(amplitude) / q, amplitude], ratio),
  high: (ratio: number, amplitude: number, q: number): number =>
    20 * Math.log10(amplitude) +
    analogueDb([1, Math.sqrt(amplitude) / q, amplitude], ratio) -
    analogueDb([amplitude, Math.sqrt(amplitude) / q, 1], ratio),
} as const;

const design = {
  bell: designBell,
  low: (...args: Parameters<typeof designBell>) => designMatchedShelf('low', ...args),
  high: (...args: Parameters<typeof designBell>) => designMatchedShelf('high', ...args),
} as const;

const isMinimumPhase = ({ b0, b1, b2, a1, a2 }: BiquadCoefficients): boolean =>
  [
    [1, a1, a2],
    [b0, b1, b2],
  ].every(([c0, c1, c2]) => Math.abs(c2!) <= c0! + 1e-12 && Math.abs(c1!) <= c0! + c2! + 1e-12);

describe.each(['bell', 'low', 'high'] as const)('%s', (kind) => {
  const qs = kind === 'bell' ? [0.5, 0.71, 1, 2, 3] : [0.5, 0.71, 1];
  const centresHz = [25, 1000, 5000, 8000, 11_000, 14_000, 16_000, 18_000];

  test.each([
    [48000, 16_000, 20_000],
    [44100, 16_000, 20_000],
    [96000, 16_000, 40_000],
  ])(
    '%i Hz: the analogue magnitude within 0.3 dB to %i Hz, 0.8 dB to %i Hz',
    (sampleRateHz, nearHz, farHz) => {
      for (const gainDb of [12, -12, 5])
        for (const q of qs)
          for (const centreHz of centresHz) {
            const section = design[kind](centreHz, gainDb, q, sampleRateHz);
            expect(isMinimumPhase(section)).toBe(true);
            for (const frequencyHz of frequenciesHz(10, farHz, 60)) {
              const wantedDb = analogue[kind](frequencyHz / centreHz, 10 ** (gainDb / 40), q);
              const errorDb = Math.abs(responseOf([section], frequencyHz, sampleRateHz).levelDb - wantedDb);
              if (errorDb > (frequencyHz <= nearHz ? 0.3 : 0.8))
                expect.fail(`${centreHz} Hz ${gainDb} dB Q ${q}: ${errorDb} dB off at ${frequencyHz} Hz`);
            }
          }
    },
  );

  test('the gain is exact where it does not reach, and a cut undoes a boost', () => {
    const dcDb = { bell: 0, low: 9, high: 0 }[kind];
    for (const centreHz of [100, 3000, 15_000]) {
      const [boost, cut] = [9, -9].map((gainDb) => design[kind](centreHz, gainDb, 0.8, 48000));
      expect(responseOf([boost!], 0, 48000).levelDb).toBeCloseTo(dcDb, 9);
      for (const frequencyHz of frequenciesHz(20, 16_000, 30))
        expect(Math.abs(responseOf([boost!, cut!], frequencyHz, 48000).levelDb)).toBeLessThan(0.3);
    }
  });

  test('no gain changes nothing', () => {
    const section = design[kind](3000, 0, 1, 48000);
    for (const frequencyHz of frequenciesHz(20, 20_000, 20)) {
      const { levelDb, phaseDeg } = responseOf([section], frequencyHz, 48000);
      expect(Math.abs(levelDb)).toBeLessThan(1e-9);
      expect(Math.abs(phaseDeg)).toBeLessThan(1e-9);
    }
  });
});

test.each([1, 2, 3, 4, 6, 8])('Butterworth of order %i: the analogue magnitude', (order) => {
  for (const [frequencyHz, toleranceDb] of [
    [2, 0.01],
    [120, 0.02],
    [1000, 0.15],
    [15_000, 0.35],
  ] as const)
    for (const pass of ['high', 'low'] as const) {
      const sections = designButterworth(pass, frequencyHz, order, 48000);
      expect(sections).toHaveLength(Math.ceil(order / 2));
      expect(sections.every(isMinimumPhase)).toBe(true);
      for (const atHz of [frequencyHz, ...frequenciesHz(10, 20_000, 60)]) {
        const ratio = pass === 'low' ? atHz / frequencyHz : frequencyHz / atHz;
        const wantedDb = -10 * Math.log10(1 + ratio ** (2 * order));
        if (wantedDb < -20) continue;
        expect(Math.abs(responseOf(sections, atHz, 48000).levelDb - wantedDb)).toBeLessThan(toleranceDb);
      }
    }
});
