import { expect, test } from 'vitest';
import { getProfile } from '../../src/deliver/profiles.ts';
import { sceneDemands, takesScenes } from '../../src/deliver/scene-demands.ts';
import type { Profile, ProfileRule } from '../../src/deliver/profile.ts';

const demandsOf = (...ids: string[]) => sceneDemands(ids.map(getProfile), 48_000);

test('profiles that want ADM BWF take scenes', () => {
  expect(['umg-atmos', 'apple-atmos', 'dolby-atmos-music'].map(getProfile).every(takesScenes)).toBe(true);
  expect(['spotify', 'ebu-r128', 'archive'].map(getProfile).some(takesScenes)).toBe(false);
});

test('the level is met on the layout that the profile is measured on', () => {
  expect(demandsOf('umg-atmos')).toEqual({
    ...{ loudnessRule: 'at-most', loudnessLufs: -18, ceilingDbtp: -1, on: ['5.1'] },
  });
  expect(demandsOf('apple-atmos')!.on).toEqual(['7.1.4']);
});

test('several profiles are met all at once; those that take no scenes, or ask for no level, ask for nothing', () => {
  expect(demandsOf('umg-atmos', 'apple-atmos', 'spotify')).toMatchObject({ on: ['5.1', '7.1.4'] });
  expect(demandsOf('spotify')).toBeUndefined();
  expect(demandsOf('dolby-atmos-master')).toBeUndefined();
  expect(demandsOf()).toBeUndefined();
});

test('of maxima the lowest counts, but different loudness to meet is refused', () => {
  const umg = getProfile('umg-atmos');
  const asking = (id: string, loudness: object, ceilingDbtp: number): Profile => ({
    ...umg,
    id,
    rules: [
      ...umg.rules.filter(({ measure }) => measure === 'rule'),
      { measure: 'integratedLufs', confidence: 'owner', source: undefined, ...loudness } as ProfileRule,
      {
        measure: 'truePeakDbtp',
        maximum: ceilingDbtp,
        confidence: 'owner',
        source: undefined,
      } as ProfileRule,
    ],
  });
  expect(sceneDemands([umg, asking('low', { maximum: -23 }, -2)], 48_000)).toMatchObject({
    ...{ loudnessRule: 'at-most', loudnessLufs: -23, ceilingDbtp: -2, on: ['5.1', '7.1.4'] },
  });
  expect(() => sceneDemands([umg, asking('exact', { target: -27 }, -1)], 48_000)).toThrow(
    'profiles umg-atmos and exact ask for different loudness of the scene',
  );
});
