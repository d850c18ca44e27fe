import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newRecipe, recipeTextFor } from '../../src/job/new-recipe.ts';
import { parseRecipeText } from '../../src/job/read-recipe.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../render/binaural/scenes.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();

test('a first recipe is valid, names the elements of its scene, and does nothing to it', async () => {
  const scene = writeTinyScene(folder, 480);
  const out = join(folder, 'first.yaml');
  const { file, text } = await newRecipe({ scene, out });
  expect([file, readFileSync(out, 'utf8')]).toEqual([out, text]);
  expect(text).toContain('#   bed "bed": M+030 M-030 M+000 LFE1 M+110 M-110\n#   object "drum"\n');
  const recipe = parseRecipeText(text, file);
  expect(recipe.scene.map(({ id, bypass }) => [id, bypass])).toEqual([
    ['rumble', true],
    ['presence', true],
    ['room', true],
  ]);
  expect(recipe.scene[1]!.group).toEqual({ names: ['drum'] });
  await expect(newRecipe({ scene, out })).rejects.toMatchObject({ name: 'OutputError' });
  expect((await newRecipe({ scene, out, dryRun: true })).text).toBe(text);
});

test('names cannot break out of comments and quotes, and very many are cut short', () => {
  const hostile = 'a "b"\n# c: [d]\u2028e';
  const scene = {
    ...sceneOf(bedOf(['M+030'], { name: hostile }), objectOf([blockAt(0)], { name: hostile })),
    name: hostile,
  };
  const { scene: entries } = parseRecipeText(recipeTextFor(scene), 'x.yaml');
  expect(entries[1]!.group).toEqual({ names: [hostile] });
  const many = sceneOf(
    ...Array.from({ length: 100 }, (_, n) => objectOf([blockAt(0)], { id: `o${n}`, name: `o${n}` })),
  );
  expect(recipeTextFor(many)).toMatch(/object "o59"\n# {3}and 40 more\n/);
});
