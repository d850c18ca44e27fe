import { expect, test } from 'vitest';
import { getProfile } from '../../src/deliver/profiles.ts';
import { selectionOfEntries, settleSceneLevels, type SceneLevelOptions } from '../../src/job/scene-level.ts';
import type { MasterSceneOptions } from '../../src/job/master-options.ts';
import { parseRecipe } from '../../src/master/recipe.ts';

interface Given {
  readonly recipe?: object;
  readonly profiles?: readonly string[];
  readonly options?: Partial<MasterSceneOptions>;
  readonly rendersTargets?: boolean;
}

const settledFrom = (given: Given): SceneLevelOptions => ({
  recipe: given.recipe && parseRecipe({ version: 1, sceneLoudness: given.recipe }),
  profiles: (given.profiles ?? []).map(getProfile),
  options: { scene: 'song.wav', outDir: '.', ...given.options },
  rendersTargets: given.rendersTargets ?? true,
  sampleRateHz: 48_000,
});
const settle = (given: Given) => settleSceneLevels(['adm'], settledFrom(given))[0]!.level;
const bypass = { sceneStage: { bypass: ['sceneLoudness'] } };

test('a scene is leveled where recipe, profile or a flag that names it asks for it', () => {
  expect(settle({})).toBeUndefined();
  expect(settle({ options: { loudnessLufs: { '*': -20 } } })).toBeUndefined();
  expect(settle({ profiles: ['spotify'] })).toBeUndefined();
  expect(settle({ recipe: {} })).toMatchObject({ loudnessLufs: -18 });
  expect(settle({ profiles: ['umg-atmos'] })).toMatchObject({ on: ['5.1'], loudnessLufs: -18 });
  expect(settle({ options: { loudnessLufs: { adm: -20 } } })).toMatchObject({ loudnessLufs: -20 });
});

test('where nothing else is made, flags for all targets ask for it too', () => {
  const given = { options: { loudnessLufs: { '*': -20 } }, rendersTargets: false };
  expect(settle(given)).toMatchObject({ loudnessLufs: -20 });
  expect(settle({ rendersTargets: false })).toBeUndefined();
});

test('each scene has the level that its name is given', () => {
  const options = { loudnessLufs: { adm: -18, stems: -24 }, ceilingDbtp: { stems: -2 } };
  const levels = settleSceneLevels(['adm', 'stems', 'damf'], settledFrom({ options }));
  expect(levels).toMatchObject([
    { name: 'adm', level: { loudnessLufs: -18, ceilingDbtp: -1 } },
    { name: 'stems', level: { loudnessLufs: -24, ceilingDbtp: -2 } },
    { name: 'damf', level: undefined },
  ]);
});

test('without a scene to write, or left out, there is no level', () => {
  const asked = { recipe: {}, profiles: ['umg-atmos'] };
  expect(settleSceneLevels([], settledFrom({ ...asked, options: bypass }))).toEqual([]);
  expect(settle({ ...asked, options: bypass })).toBeUndefined();
});

test('flags stand over the recipe, and that over the profile; those that name the scene come last', () => {
  const given = { profiles: ['umg-atmos'], recipe: { loudnessLufs: -20, on: '7.1.4' } };
  expect(settle(given)).toMatchObject({ loudnessLufs: -20, on: ['7.1.4'], loudnessRule: 'at-most' });
  const options = { loudnessLufs: { '*': -14, adm: -22 }, ceilingDbtp: { '*': -2 } };
  expect(settle({ ...given, options })).toMatchObject({ loudnessLufs: -22, ceilingDbtp: -2 });
  expect(settle({ ...given, options: { loudnessRule: { adm: 'peak' } } })).toMatchObject({
    loudnessRule: 'peak',
    loudnessLufs: undefined,
  });
});

test.each([
  [
    { loudnessRule: { adm: 'peak' }, loudnessLufs: { adm: -18 } },
    'adm: the rule "peak" and a loudness of -18 LUFS were asked for; target, at-most and maximum take a loudness',
  ],
  [{ loudnessRule: { '*': 'none' }, loudnessLufs: { '*': -18 } }, 'the rule "none" and a loudness of -18'],
  [{ ...bypass, ceilingDbtp: { adm: -2 } }, 'a level is set for "adm", and sceneLoudness is to be left out'],
  [bypass, 'neither the recipe nor a profile that takes scenes asks for a level'],
] as const)('what contradicts itself is refused: %j', (options, message) => {
  const isLeftAlone = 'sceneStage' in options && !('ceilingDbtp' in options);
  expect(() => settle({ options, recipe: isLeftAlone ? undefined : {} })).toThrow(message);
});

test('the level is no entry of the scene list', () => {
  expect(selectionOfEntries({ bypass: ['glue', 'sceneLoudness'], only: ['eq'] })).toEqual({
    bypass: ['glue'],
    only: ['eq'],
  });
  expect(selectionOfEntries()).toEqual({ bypass: undefined });
});
