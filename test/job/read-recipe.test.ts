import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError } from '../../src/base/errors.ts';
import { parseRecipeText, readRecipe } from '../../src/job/read-recipe.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();

function faultsOf(text: string): ConfigError {
  try {
    parseRecipeText(text, 'song.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no fault found');
}

test('YAML and JSON, with names that YAML could take for numbers', () => {
  const yaml = parseRecipeText(
    'version: 1\ntargets:\n  5.1: { loudnessLufs: -20 }\n  stereo: { bitDepth: 16 }\n',
    'a',
  );
  expect(yaml.targets).toEqual({ '5.1': { loudnessLufs: -20 }, stereo: { bitDepth: 16 } });
  expect(parseRecipeText('{"version": 1, "scene": [], "targets": {}}', 'a').targets).toEqual({});
});

test('faults come with line and column, all at once', () => {
  const error = faultsOf('version: 1\ntargets:\n  stereo:\n    loudnesLufs: -14\n    ceilingDbtp: 3\n');
  expect(error.file).toBe('song.yaml');
  const text = error.issues.map((issue) => `${issue.path} ${issue.message}`).join('\n');
  expect(text).toMatch(/line 4/);
  expect(text).toMatch(/line 5/);
  expect(text).toMatch(/loudnessLufs/);
});

test('syntax errors come with line and column', () => {
  const error = faultsOf('version: 1\ntargets: {stereo: [}\n');
  expect(error.code).toBe('recipe-syntax');
  expect(error.issues[0]!.path).toMatch(/^line 2, column \d+$/);
});

test.each([
  ['', 'the recipe is empty; it begins with "version: 1"'],
  ['# nothing yet\n', 'the recipe is empty'],
  ['version: 1\nscene: &a\n  - { type: gain, group: *a }\n', 'an alias (*) stands in what it stands for'],
  ['version: 1\nscene: *a\n', 'Unresolved alias'],
])('what is no recipe at all is refused: %j', (text, message) => {
  const error = faultsOf(text);
  expect(error.message).toContain(message);
  expect(error.file).toBe('song.yaml');
});

test('aliases that stand beside what they name are allowed', () => {
  const text =
    'version: 1\nscene:\n  - { type: gain, group: &a [front], gainDb: 1 }\n  - { type: dc, group: *a }\n';
  expect(parseRecipeText(text, 'a').scene.map(({ group }) => group)).toEqual([['front'], ['front']]);
});

test('bytes that are no text are refused', async () => {
  for (const bytes of [Uint8Array.of(0xff, 0xfe, 0x76, 0), Uint8Array.of(0x76, 0, 0x65)]) {
    const file = join(folder, 'binary.yaml');
    writeFileSync(file, bytes);
    await expect(readRecipe(file)).rejects.toThrow(
      `${file}: found bytes that are no text; a recipe is YAML or JSON`,
    );
  }
});

test('a recipe that is not there', async () => {
  await expect(readRecipe('/nonexistent/recipe.yaml')).rejects.toMatchObject({ code: 'recipe-unreadable' });
});
