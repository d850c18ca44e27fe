import { expect, test } from 'vitest';
import { appliedText } from '../../src/cli/applied-text.ts';

const nothing = {
  dcRemovalHz: undefined,
  eq: [],
  trimHeadSamples: 0,
  trimTailSamples: 0,
  fadeIn: undefined,
  fadeOut: undefined,
  dither: 'tpdf',
};

test('what was applied, in its order and in seconds', () => {
  const applied = {
    ...nothing,
    dcRemovalHz: 2,
    eq: [
      { type: 'highpass', frequencyHz: 25, slopeDbPerOct: 24 },
      { type: 'bell', frequencyHz: 3000, gainDb: -1.5, q: 1.4 },
    ],
    trimHeadSamples: 4410,
    trimTailSamples: 44_100,
    fadeIn: { durationSamples: 441, curve: 'linear' },
    fadeOut: { durationSamples: 22_050, curve: 'raised-cosine' },
  };
  expect(appliedText(applied, 44_100)).toBe(
    'DC removed, EQ highpass 25 Hz + bell 3000 Hz -1.5 dB, 0.100 s off the head, 1.000 s off the tail, ' +
      'fade-in 0.010 s linear, fade-out 0.500 s raised-cosine',
  );
});

test('nothing is said where nothing was done', () => {
  expect(appliedText(nothing, 48_000)).toBeUndefined();
});
