import { expect, test } from 'vitest';
import { profileSchema } from '../../src/deliver/profile-schema.ts';

const profile = { id: 'a-b', name: 'A', asOf: '2026-01-31', targets: [], sources: {}, rules: [] as object[] };
const accepts = (document: object): boolean => profileSchema.safeParse({ ...profile, ...document }).success;
const acceptsRule = (rule: object): boolean => accepts({ rules: [rule] });

test('the smallest profile', () => {
  expect(accepts({})).toBe(true);
  for (const wrong of [{ id: 'A B' }, { asOf: '2026-13-01' }, { surprise: 1 }])
    expect(accepts(wrong)).toBe(false);
});

test('a level has a target with its tolerance, or bounds', () => {
  expect(acceptsRule({ measure: 'integratedLufs', target: -14, tolerance: 0.5 })).toBe(true);
  expect(acceptsRule({ measure: 'truePeakDbtp', maximum: -1, tolerance: 0.3, on: '5.1' })).toBe(true);
  expect(acceptsRule({ measure: 'integratedLufs', target: -14 })).toBe(false);
  expect(acceptsRule({ measure: 'loudnessRangeLu' })).toBe(false);
  expect(acceptsRule({ measure: 'loudness', maximum: -14 })).toBe(false);
});

test('rates and depths are lists or ranges', () => {
  expect(acceptsRule({ measure: 'sampleRateHz', allowed: [48000] })).toBe(true);
  expect(acceptsRule({ measure: 'sampleRateHz', minimum: 44100, maximum: 192000 })).toBe(true);
  expect(acceptsRule({ measure: 'bitDepth', allowed: [18] })).toBe(false);
});

test('a player that raises says up to which peak', () => {
  const accepted = (entry: object): boolean => accepts({ normalization: [entry] });
  expect(accepted({ referenceLufs: -14, raises: 'never' })).toBe(true);
  expect(accepted({ referenceLufs: -14, raises: 'to-peak', peakDbtp: -1 })).toBe(true);
  expect(accepted({ referenceLufs: -14, raises: 'to-peak' })).toBe(false);
  expect(accepted({ referenceLufs: -14, raises: 'never', peakDbtp: -1 })).toBe(false);
});
