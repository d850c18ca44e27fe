import { expect, test } from 'vitest';
import { parseProfile, takesLayout } from '../../src/deliver/profile.ts';
import { getLayout } from '../../src/layouts/built-in.ts';

const document = {
  id: 'test',
  name: 'Test',
  asOf: '2026-01-31',
  layouts: ['7.1.4'],
  targets: ['7.1.4'],
  sources: { page: { title: 'Page', where: 'https://example.org', date: '2020', confidence: 'owner' } },
  rules: [
    { measure: 'integratedLufs', maximum: -18, source: 'page' },
    { measure: 'truePeakDbtp', maximum: -1 },
    { measure: 'loudnessRangeLu', maximum: 18, source: 'page', unverified: true },
  ],
};

test('rules carry their sources; without one, or where a part is unverified, they are from memory', () => {
  const { rules, layouts } = parseProfile(document);
  expect(rules.map(({ confidence }) => confidence)).toEqual(['owner', 'memory', 'memory']);
  expect(rules[0]!.source).toMatchObject({ title: 'Page', date: '2020' });
  expect(rules[1]!.source).toBeUndefined();
  expect(layouts).toEqual(['4+7+0']);
});

test('a profile takes the layouts that it names, and all where it names none', () => {
  const profile = parseProfile(document);
  expect(takesLayout(profile, getLayout('4+7+0'))).toBe(true);
  expect(takesLayout(profile, getLayout('5.1'))).toBe(false);
  expect(takesLayout({ ...profile, layouts: undefined }, getLayout('5.1'))).toBe(true);
});

test('faults in a profile are faults of periphon', () => {
  for (const wrong of [{ layouts: ['8.1'] }, { sources: {} }, { rules: [{ measure: 'taste' }] }]) {
    expect(() => parseProfile({ ...document, ...wrong })).toThrow(
      expect.objectContaining({ code: 'profile-invalid' }),
    );
  }
});
