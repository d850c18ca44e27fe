import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/deliver/manifest.ts';
import { openAudioFile } from '../../src/io/open-audio-file.ts';
import type { WavReader } from '../../src/io/wav/wav-reader.ts';
import { identifyRecipe, readManifest } from '../../src/job/manifest-file.ts';
import { masterScene } from '../../src/job/master-scene.ts';
import { renderScene } from '../../src/job/render-scene.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { jobFolder, writeText, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const outDir = join(folder, 'out');
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
let scene = '';
let recipe = '';
let manifest: Manifest;

beforeAll(async () => {
  scene = writeTinyScene(folder, 24_000);
  recipe = writeText(folder, 'recipe.yaml', 'version: 1\ntargets:\n  stereo: { loudnessLufs: -20 }\n');
  await masterScene({ scene, recipe, outDir, bitDepth: 16 });
  await renderScene({ scene, targets: ['5.1'], outDir });
  manifest = (await readManifest(outDir))!;
});

describe('the manifest of a folder', () => {
  test('has a run for each command, with its files and figures', () => {
    const [master, render] = manifest.runs;
    expect(manifest.runs.map(({ command }) => command)).toEqual(['master', 'render']);
    expect(master!.files.map(({ path, target }) => [path, target])).toEqual([
      ['tiny.stereo.wav', 'stereo'],
      ['report.json', undefined],
    ]);
    expect(master!.files[0]!.integratedLufs).toBeCloseTo(-20, 1);
    expect(render!.files.map(({ path }) => path)).toEqual(['tiny.5.1.wav']);
    for (const file of [...master!.files, ...render!.files]) {
      const bytes = readFileSync(join(outDir, file.path));
      expect([file.sha256, file.bytes]).toEqual([sha256(join(outDir, file.path)), bytes.length]);
    }
  });

  test('has all that was read, the recipe and what was asked for', () => {
    const { inputs, recipe: used, options, versions } = manifest.runs[0]!;
    const names = ['tiny.scene.json', 'bed.wav', 'drum.wav', 'recipe.yaml'];
    expect(inputs.map(({ path }) => path)).toEqual(names.map((name) => `../${name}`));
    for (const { path, sha256: hash } of inputs) expect(hash).toBe(sha256(join(outDir, path)));
    expect(used).toEqual({ sha256: sha256(recipe), path: '../recipe.yaml' });
    expect(options).toEqual({ bitDepth: 16 });
    expect(versions).toMatchObject({ node: process.version });
  });

  test('is not written over what is none', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'manifest.json'), '{"name":"a web app"}');
    const run = renderScene({ scene, targets: ['stereo'], outDir: other, overwrite: true });
    await expect(run).rejects.toThrow(/no manifest of periphon/);
    expect(await readManifest(join(folder, 'nowhere'))).toBeUndefined();
  });
});

test('deliverables carry the hash of the recipe', async () => {
  const options = { kernels: createScalarKernels() };
  const reader = (await openAudioFile(join(outDir, 'tiny.stereo.wav'), options)) as WavReader;
  await reader.close();
  const text = readFileSync(join(outDir, 'tiny.stereo.wav'), 'latin1');
  expect(reader.chunks.map(({ id }) => id)).toEqual(expect.arrayContaining(['bext', 'iXML']));
  // Description and coding history of bext, and the note of iXML.
  expect(text.split(sha256(recipe))).toHaveLength(4);
  expect(JSON.parse(readFileSync(join(outDir, 'report.json'), 'utf8'))).toMatchObject({
    recipe: { sha256: sha256(recipe), path: '../recipe.yaml' },
  });
});

test('a recipe that is an object stands in the manifest itself', async () => {
  const object = { version: 1 as const, scene: [], targets: {} };
  const found = await identifyRecipe(object, outDir);
  expect(found?.content).toBe(object);
  expect(found?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await identifyRecipe(undefined, outDir)).toBeUndefined();
});
