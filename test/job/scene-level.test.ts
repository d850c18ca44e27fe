import { expect, test } from 'vitest';
import { getProfile } from '../../src/deliver/profiles.ts';
import { selectionOfEntries, settleSceneLevel, type SceneLevelOptions } from '../../src/job/scene-level.ts';
import type { MasterSceneOptions } from '../../src/job/master-options.ts';
import { parseRecipe } from '../../src/master/recipe.ts';

const settle = (given: {
  readonly scenes?: readonly string[];
  readonly recipe?: object;
  readonly profiles?: readonly string[];
  readonly options?: Partial<MasterSceneOptions>;
}) =>
  settleSceneLevel({
    scenes: given.scenes ?? ['adm'],
    recipe: given.recipe && parseRecipe({ version: 1, sceneLoudness: given.recipe }),
    profiles: (given.profiles ?? []).map(getProfile),
    options: { scene: 'song.wav', outDir: '.', ...given.options },
    sampleRateHz: 48_000,
  } satisfies SceneLevelOptions);

test('a scene is leveled where recipe, profile or a flag that names it asks for it', () => {
  expect(settle({})).toBeUndefined();
  expect(settle({ options: { loudnessLufs: { '*': -20 } } })).toBeUndefined();
  expect(settle({ profiles: ['spotify'] })).toBeUndefined();
  expect(settle({ recipe: {} })).toMatchObject({ loudnessLufs: -18 });
  expect(settle({ profiles: ['umg-atmos'] })).toMatchObject({ on: ['5.1'], loudnessLufs: -18 });
  expect(settle({ options: { loudnessLufs: { adm: -20 } } })).toMatchObject({ loudnessLufs: -20 });
});

test('without a scene to write, or left out, there is no level', () => {
  const asked = { recipe: {}, profiles: ['umg-atmos'] };
  expect(settle({ ...asked, scenes: [] })).toBeUndefined();
  expect(settle({ ...asked, options: { sceneStage: { bypass: ['sceneLoudness'] } } })).toBeUndefined();
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

test('the level is no entry of the scene list', () => {
  expect(selectionOfEntries({ bypass: ['glue', 'sceneLoudness'], only: ['eq'] })).toEqual({
    bypass: ['glue'],
    only: ['eq'],
  });
  expect(selectionOfEntries()).toEqual({ bypass: undefined });
});
