import { expect, test } from 'vitest';
import { profileDemands } from '../../src/deliver/profile-demands.ts';
import { getProfile } from '../../src/deliver/profiles.ts';

const rateFor = (id: string, sourceRateHz: number) =>
  profileDemands(getProfile(id), sourceRateHz).sampleRateHz;

test("the scene's rate is kept where it is allowed", () => {
  expect(rateFor('umg-atmos', 96000)).toBe(96000);
  expect(rateFor('umg-atmos', 44100)).toBe(48000);
  expect(rateFor('spotify', 96000)).toBe(96000);
  expect(rateFor('spotify', 32000)).toBe(44100);
  expect(rateFor('youtube', 96000)).toBeUndefined();
});

test('where only dialogue has a loudness, that serves for the whole mix', () => {
  expect(profileDemands(getProfile('prime-video'), 48000)).toMatchObject({
    loudnessRule: 'target',
    loudnessLufs: -27,
  });
});

test('a profile without a loudness leaves the usual one, but one that keeps loudness asks for none', () => {
  expect(profileDemands(getProfile('soundcloud'), 48000).loudnessRule).toBeUndefined();
  expect(profileDemands(getProfile('archive'), 48000)).toMatchObject({
    loudnessRule: 'none',
    loudnessLufs: undefined,
  });
});
