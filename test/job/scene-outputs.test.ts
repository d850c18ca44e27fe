import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import type { Warning } from '../../src/base/errors.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { checkFiles } from '../../src/job/check-file.ts';
import { readManifest } from '../../src/job/manifest-file.ts';
import { masterScene } from '../../src/job/master-scene.ts';
import { splitTargets } from '../../src/job/scene-outputs.ts';
import { verifyDelivery } from '../../src/job/verify-delivery.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import {
  admFile,
  axmlOf,
  blockOf,
  entryOf,
  objectOf,
  objectPack,
  polar,
  programmeOf,
} from '../io/adm/adm-bytes.ts';
import { conformanceErrors } from '../conformance/media-info.ts';
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
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const recipeOf = (...entries: object[]) => parseRecipe({ version: 1, scene: entries });

test('what a file states of its loudness is kept with its audio, and lost with another', async () => {
  const stated = '<loudnessMetadata><integratedLoudness>-9.87</integratedLoudness></loudnessMetadata>';
  const content =
    programmeOf('AO_1001').replace('</audioProgramme>', `${stated}</audioProgramme>`) +
    objectOf('AO_1001', 'AP_00031001', [1]) +
    objectPack('1001', blockOf(polar(0)));
  const file = join(folder, 'stating.wav');
  const chna = [entryOf(1, 'AC_00031001', 'AP_00031001')];
  writeFileSync(file, admFile({ axml: axmlOf(content), chna, channelCount: 1, frameCount }));
  const mastered = async (name: string, entries: object[]) => {
    const warnings: Warning[] = [];
    await masterScene({
      ...{
        scene: file,
        outDir: join(folder, name),
        targets: ['adm-itu', 'stems'],
        recipe: recipeOf(...entries),
      },
      onWarning: (warning) => void warnings.push(warning),
    });
    const texts = ['adm-itu.wav', 'stems.scene.json'].map((end) =>
      readFileSync(join(folder, name, `stating.${end}`), 'latin1'),
    );
    return { texts, warnings: warnings.filter(({ code }) => code === 'loudness-dropped') };
  };
  const idle = await mastered('idle', []);
  for (const text of idle.texts) expect(text).toContain('-9.87');
  expect(idle.warnings).toEqual([]);
  const louder = await mastered('louder', [{ type: 'gain', gainDb: 1 }]);
  for (const text of louder.texts) expect(text).not.toContain('-9.87');
  expect(louder.warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /stating\.adm-itu\.wav: what .*stating\.wav states .* is left out \(audioProgramme\)/,
    ),
    expect.stringMatching(/stating\.stems\.scene\.json: what/),
  ]);
});

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
  expect(report.sceneFiles!.map(({ format, files }) => [format, files[0]!.file])).toEqual([
    ['adm-dolby', 'tiny.adm.wav'],
    ['adm-itu', 'tiny.adm-itu.wav'],
    ['damf', 'tiny.damf.atmos'],
    ['stems', 'tiny.stems.scene.json'],
  ]);
  const before = await read(scene);
  for (const { format, files } of report.sceneFiles!) {
    for (const { file } of files) expect(existsSync(join(outDir, file)), file).toBe(true);
    if (format === 'adm-dolby' || format === 'damf') continue;
    const after = await read(join(outDir, files[0]!.file));
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
    {
      ...{ target: 'adm-itu', format: 'adm-itu' },
      files: [{ file: 'tiny.adm-itu.wav', sha256: sha256(join(outDir, 'tiny.adm-itu.wav')) }],
    },
  ]);
});

test('files of scenes name the recipe; report and manifest have the hash of each', async () => {
  const outDir = join(folder, 'marked');
  const recipe = join(folder, 'marked.yaml');
  writeFileSync(recipe, 'version: 1\nscene: [{ type: gain, gainDb: -6 }]\n');
  const targets = ['adm', 'adm-itu', 'damf', 'stems'];
  const { report } = await masterScene({ scene, outDir, targets, recipe });
  const files = report.sceneFiles!.flatMap((output) => output.files);
  expect(files).toHaveLength(1 + 1 + 3 + 3);
  const manifest = (await readManifest(outDir))!.runs[0]!.files;
  for (const { file, sha256: stated } of files) {
    expect(stated, file).toBe(sha256(join(outDir, file)));
    expect(manifest.find(({ path }) => path === file)?.sha256, file).toBe(stated);
    // Description and coding history of bext, and the note of iXML; DAMF has no place for it.
    const count = readFileSync(join(outDir, file), 'latin1').split(sha256(recipe)).length - 1;
    expect(count, file).toBe(file.endsWith('.wav') ? 3 : 0);
  }
  expect(await verifyDelivery(outDir)).toMatchObject({ isProved: true, extra: [] });
});

test('the mark of a recipe breaks no rule of masters, nor those that MediaInfo knows', async () => {
  const recipe = recipeOf({ type: 'gain', gainDb: -6 });
  const outDir = join(folder, 'ruled');
  await masterScene({ scene, outDir: `${outDir} plain`, targets: ['adm'] });
  await masterScene({ scene, outDir, targets: ['adm'], recipe });
  const file = join(outDir, 'tiny.adm.wav');
  const { checks } = (await checkFiles([file], { profiles: ['dolby-atmos-master'] })).files[0]!;
  expect(checks.filter(({ result }) => result === 'fail')).toEqual([]);
  expect(await conformanceErrors(file)).toEqual(
    await conformanceErrors(join(`${outDir} plain`, 'tiny.adm.wav')),
  );
});

test('a recipe may name the mastered scene among its targets', async () => {
  const recipe = parseRecipe({
    version: 1,
    scene: [{ type: 'gain', gainDb: -6 }],
    targets: { stems: {}, stereo: {} },
  });
  const { report } = await masterScene({ scene, outDir: join(folder, 'from recipe'), recipe, dryRun: true });
  expect(report.sceneFiles!.map(({ target }) => target)).toEqual(['stems']);
  expect(report.targets.map(({ target }) => target)).toEqual(['stereo']);
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
