import { expect, test } from 'vitest';
import { eqSchema, fadeSchema, trimSchema } from '../../src/master/finishing-schema.ts';
import { schemaIssues } from '../../src/scene/document-issues.ts';

const faults = (schema: Parameters<typeof schemaIssues>[0], document: unknown): string[] =>
  schemaIssues(schema, document).map(({ path, message }) => `${path}: ${message}`);

test('all bands that there are', () => {
  expect(
    faults(eqSchema, [
      { type: 'highpass', frequencyHz: 30 },
      { type: 'lowpass', frequencyHz: 20_000, slopeDbPerOct: 48, channels: ['L'] },
      { type: 'lowshelf', frequencyHz: 100, gainDb: 2 },
      { type: 'highshelf', frequencyHz: 8000, gainDb: -24, q: 0.5 },
      { type: 'bell', frequencyHz: 1000, gainDb: 24, q: 40 },
    ]),
  ).toEqual([]);
});

test('bands that are wrong: what was found and what is allowed', () => {
  expect(
    faults(eqSchema, [
      { type: 'bel', frequencyHz: 1000, gainDb: 1 },
      { type: 'bell', frequencyHz: 1, gainDb: 30, Q: 1 },
      { type: 'highpass', frequencyHz: 30, slopeDbPerOct: 10 },
      { frequencyHz: 3 },
    ]),
  ).toEqual([
    '[0].type: found "bel"; allowed: "highpass", "lowpass", "lowshelf", "highshelf", "bell", "tilt", "notch" (did you mean "bell"?)',
    '[1].frequencyHz: found 1; allowed: 5 or more',
    '[1].gainDb: found 30; allowed: 24 or less',
    '[1].Q: unknown key "Q"; did you mean "q"?',
    '[2].slopeDbPerOct: found 10; allowed: 6, 12, 18, 24, 36, 48',
    '[3].type: found nothing; allowed: "highpass", "lowpass", "lowshelf", "highshelf", "bell", "tilt", "notch"',
  ]);
});

test('one length of a trim or a fade', () => {
  expect(faults(trimSchema('head'), { durationSec: 1.5 })).toEqual([]);
  expect(faults(fadeSchema('Fade'), { durationSamples: 10, curve: 'linear' })).toEqual([]);
  for (const wrong of [{}, { durationSec: 1, durationSamples: 2 }])
    expect(faults(trimSchema('head'), wrong)).toEqual([
      ': has a length in durationSec or in durationSamples; one of both is allowed',
    ]);
  expect(faults(fadeSchema('Fade'), { durationSamples: 1.5, curve: 'log' })).toHaveLength(2);
});
