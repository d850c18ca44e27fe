import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import type { Warning } from '../../src/base/errors.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { masterScene } from '../../src/job/master-scene.ts';
import { splitTargets } from '../../src/job/scene-outputs.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const frameCount = 12_000;
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, frameCount);
});

async function read(file: string) {
  const reader = await openScene(file, { kernels: await loadKernels({}), onWarning: () => undefined });
  const block = createAudioBlock(reader.channelCount, reader.frameCount);
  expect(await reader.read(block)).toBe(frameCount);
  await reader.close();
  return { scene: reader.scene, tracks: block.channels };
}
const recipeOf = (...entries: object[]) => parseRecipe({ version: 1, scene: entries });

test('targets that are scenes stand apart; none is named twice', () => {
  expect(splitTargets(['7.1.4', 'adm', 'binaural', 'stems'])).toEqual({
    scenes: ['adm', 'stems'],
    renders: ['7.1.4', 'binaural'],
  });
  expect(() => splitTargets(['adm', 'adm'])).toThrow(/"adm" is named twice/);
});

test('the mastered scene is written in the same run as its renders: metadata as it was, tracks through the effects', async () => {
  const outDir = join(folder, 'all');
  const targets = ['stereo', 'adm', 'adm-itu', 'damf', 'stems'];
  const recipe = recipeOf({ type: 'gain', group: ['all', 'lfe'], gainDb: -6 });
  const { report } = await masterScene({ scene, outDir, targets, recipe, blockFrames: 1000 });
  expect(report.targets.map(({ target }) => target)).toEqual(['stereo']);
  expect(report.sceneFiles!.map(({ format, files }) => [format, files[0]])).toEqual([
    ['adm-dolby', 'tiny.adm.wav'],
    ['adm-itu', 'tiny.adm-itu.wav'],
    ['damf', 'tiny.damf.atmos'],
    ['stems', 'tiny.stems.scene.json'],
  ]);
  const before = await read(scene);
  for (const { format, files } of report.sceneFiles!) {
    for (const file of files) expect(existsSync(join(outDir, file)), file).toBe(true);
    if (format === 'adm-dolby' || format === 'damf') continue;
    const after = await read(join(outDir, files[0]!));
    expect(after.scene.elements.map(({ name, kind }) => [name, kind])).toEqual(
      before.scene.elements.map(({ name, kind }) => [name, kind]),
    );
    // Stems keep float32; ADM has 24 bits.
    const least = format === 'stems' ? 0 : 2 ** -23;
    for (const [track, samples] of after.tracks.entries())
      for (let n = 0; n < frameCount; n += 7)
        expect(
          Math.abs(samples[n]! - Math.fround(before.tracks[track]![n]! * 10 ** -0.3)),
        ).toBeLessThanOrEqual(least);
  }
});

test('a scene alone, with nothing done to it, keeps its samples bit for bit', async () => {
  const outDir = join(folder, 'alone');
  const { report } = await masterScene({ scene, outDir, targets: ['adm-itu'] });
  expect([report.targets, report.sceneStage]).toEqual([[], undefined]);
  expect(readdirSync(outDir).sort()).toEqual(['manifest.json', 'report.json', 'tiny.adm-itu.wav']);
  expect((await read(join(outDir, 'tiny.adm-itu.wav'))).tracks).toEqual((await read(scene)).tracks);
  expect(JSON.parse(readFileSync(join(outDir, 'report.json'), 'utf8')).sceneFiles).toEqual([
    { target: 'adm-itu', format: 'adm-itu', files: ['tiny.adm-itu.wav'] },
  ]);
});

test('tracks over full scale are cut in 24 bits, and told', async () => {
  const warnings: Warning[] = [];
  await masterScene({
    ...{ scene, outDir: join(folder, 'loud'), targets: ['adm-itu'] },
    recipe: recipeOf({ type: 'gain', gainDb: 20 }),
    onWarning: (warning) => warnings.push(warning),
  });
  expect(warnings.map(({ code }) => code)).toContain('scene-clipped');
});

test('excerpts and existing files are refused before anything is read', async () => {
  const options = { scene, targets: ['adm-itu'] };
  await expect(
    masterScene({ ...options, outDir: join(folder, 'part'), durationSec: 0.1 }),
  ).rejects.toMatchObject({
    code: 'scene-excerpt',
  });
  await expect(masterScene({ ...options, outDir: join(folder, 'alone') })).rejects.toMatchObject({
    code: 'output-exists',
  });
  const dry = await masterScene({ ...options, outDir: join(folder, 'alone'), dryRun: true });
  expect(dry.report.sceneFiles).toHaveLength(1);
});
