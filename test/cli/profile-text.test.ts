import { expect, test } from 'vitest';
import { ceilingText, loudnessText, profileList, profileText } from '../../src/cli/profile-text.ts';
import { getProfile, profiles } from '../../src/deliver/profiles.ts';

test('the list has a line for every profile', () => {
  const lines = profileList(profiles).split('\n');
  expect(lines).toHaveLength(profiles.length + 1);
  for (const [index, { id }] of profiles.entries()) expect(lines[index + 1]).toMatch(new RegExp(`^${id} `));
});

test.each([
  ['spotify', '-14 LUFS', '-1 dBTP'],
  ['umg-atmos', 'at most -18 LUFS on 5.1', '-1 dBTP'],
  ['ebu-r128-s2', 'at most -16 LUFS (unverified)', '-1 dBTP (unverified)'],
  ['prime-video', '-27 LUFS', '-2 dBTP'],
  ['sony-360ra', '-', '-'],
  ['archive', 'as it is', '-1 dBTP'],
])('%s in short', (id, loudness, ceiling) => {
  expect(loudnessText(getProfile(id))).toBe(loudness);
  expect(ceilingText(getProfile(id))).toBe(ceiling);
});

test.each(profiles)('$id: every figure has its source or is marked', (profile) => {
  const text = profileText(profile);
  expect(text).toContain(profile.asOf);
  const figures = text.split('\n').filter((line) => /^ {2}[^ [].*(LUFS|dBTP|Hz|bit|LU)\b/.test(line));
  expect(figures.length).toBeGreaterThan(0);
  for (const line of figures) expect(line).toMatch(/\[\d\]$|\(unverified\)/);
  for (const { source } of profile.rules) if (source) expect(text).toContain(source.where);
});

test('players are told with their modes', () => {
  const text = profileText(getProfile('spotify'));
  expect(text).toMatch(/normal: to -14 LUFS, up as far as peaks of -1 dBTP allow \[1\]/);
  expect(text).toMatch(/loud: to -11 LUFS, up all the way, limited at -1 dB/);
  expect(profileText(getProfile('qobuz'))).toMatch(/files as they are \(unverified\)/);
  expect(profileText(getProfile('tidal'))).toMatch(/only down/);
});
