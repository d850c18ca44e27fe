import { expect, test } from 'vitest';
import { explainRecipe } from '../../src/job/explain-recipe.ts';
import { jobFolder, writeText, writeTinyScene } from './scenes.ts';

const folder = jobFolder();

test('each entry with its tracks and their weights in the scene, without its audio', async () => {
  const scene = writeTinyScene(folder, 4800);
  const recipe = writeText(
    folder,
    'recipe.yaml',
    'version: 1\nscene:\n  - { type: gain, group: [height, centre], gainDb: 2, note: air }\n  - { type: dc, bypass: true }\ntargets:\n  4+7+0: {}\n',
  );
  expect(await explainRecipe({ recipe, scene })).toMatchObject({
    ...{ version: 1, recipe, scene, targets: ['7.1.4'] },
    sceneStage: [
      {
        ...{
          id: 'gain1',
          type: 'gain',
          description: 'Turns tracks up or down.',
          note: 'air',
          kind: 'common-gain',
        },
        members: [
          { element: 'bed', channels: ['M+000'], leastWeight: 1, greatestWeight: 1 },
          { element: 'drum', leastWeight: 0, greatestWeight: 1 },
        ],
      },
      { id: 'dc2', idle: 'bypass', members: [] },
    ],
  });
});
