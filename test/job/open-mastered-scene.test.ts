import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import { openMasteredScene, sceneStageReport } from '../../src/job/open-mastered-scene.ts';
import { readRecipe } from '../../src/job/read-recipe.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 4800);
});

const recipeOf = (...entries: object[]) => parseRecipe({ version: 1, scene: entries });
async function open(entries: readonly object[], more: object = {}) {
  const warnings: Warning[] = [];
  const options = {
    scene,
    outDir: folder,
    onWarning: (warning: Warning) => void warnings.push(warning),
    ...more,
  };
  const reader = await openMasteredScene(options, recipeOf(...entries), await loadKernels({}));
  await reader.close();
  return { reader, warnings };
}

test('the report tells what each entry did, to which tracks, and why others did nothing', async () => {
  const { reader, warnings } = await open(
    [
      { type: 'gain', id: 'lift', group: 'height', gainDb: 2, amount: 0.5, note: 'more air' },
      { type: 'balance', frontDb: 1 },
      { type: 'polarity', group: { names: ['nobody'] } },
    ],
    { sceneStage: { bypass: ['balance'] } },
  );
  expect(sceneStageReport(reader)).toEqual([
    {
      ...{ id: 'lift', type: 'gain', note: 'more air', amount: 0.5, parameters: { gainDb: 2 } },
      ...{ kind: 'common-gain', idle: undefined, reductions: [] },
      members: [{ element: 'drum', channels: undefined, leastWeight: 0, greatestWeight: 1 }],
    },
    expect.objectContaining({ id: 'balance2', idle: 'bypass', members: [] }),
    expect.objectContaining({ id: 'polarity3', idle: 'group', members: [] }),
  ]);
  expect(warnings.map(({ code }) => code)).toEqual(['group-empty']);
});

test('without a recipe nothing is done', async () => {
  const reader = await openMasteredScene({ scene, outDir: folder }, undefined, await loadKernels({}));
  expect(sceneStageReport(reader)).toEqual([]);
  await reader.close();
});

test('what does not fit the scene is told with the file of the recipe, and its place in it', async () => {
  const recipe = join(folder, 'high.json');
  const bands = [{ type: 'bell', frequencyHz: 24_000, gainDb: 1 }];
  writeFileSync(recipe, JSON.stringify({ version: 1, scene: [{ type: 'eq', bands }] }));
  const options = { scene, outDir: folder, recipe };
  const opening = openMasteredScene(options, await readRecipe(recipe), await loadKernels({}));
  await expect(opening).rejects.toMatchObject({
    ...{ code: 'eq-frequency', file: recipe, path: 'scene[0].bands[0].frequencyHz' },
    message: `${recipe}, scene[0].bands[0].frequencyHz: found 24000; allowed at 48000 Hz: 22800 or less`,
  });
});

test('what does not fit is refused: selections of nothing, parameters, a start behind the end', async () => {
  await expect(open([], { sceneStage: { only: ['gain'] } })).rejects.toMatchObject({ code: 'unknown-entry' });
  await expect(open([{ type: 'delay' }])).rejects.toMatchObject({ code: 'invalid-recipe' });
  await expect(open([], { fromSec: 5 })).rejects.toMatchObject({ code: 'empty-excerpt' });
  await expect(open([], { scene: join(folder, 'none.json') })).rejects.toThrow();
});
