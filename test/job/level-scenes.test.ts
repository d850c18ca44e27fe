import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import { measureFiles } from '../../src/job/measure-file.ts';
import { openWavFile } from '../../src/io/wav/wav-reader.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { masterAlbum } from '../../src/job/master-album.ts';
import { masterScene } from '../../src/job/master-scene.ts';
import type { MasterSceneOptions } from '../../src/job/master-options.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { writeScene, writeWav } from '../cli/cli-support.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const scratchDir = jobFolder();
const frameCount = 48_000;
let scene: string;
let count = 0;
beforeAll(() => {
  scene = writeTinyScene(folder, frameCount);
});

async function level(sceneLoudness: object, more: Partial<MasterSceneOptions> = {}) {
  const outDir = join(folder, `out-${count++}`);
  const warnings: Warning[] = [];
  const { report } = await masterScene({
    ...{ scene, outDir, scratchDir, targets: ['adm'] },
    recipe: parseRecipe({ version: 1, sceneLoudness: { renders: ['5.1'], ...sceneLoudness } }),
    onWarning: (warning) => void warnings.push(warning),
    ...more,
  });
  return { outDir, report, level: report.sceneFiles![0]!.loudness!, warnings };
}
const renderOf = ({ renders }: Awaited<ReturnType<typeof level>>['level'], name: string) =>
  renders.find((render) => render.name === name)!;

test('a loudness that gain alone reaches takes one pass, and leaves no scratch file', async () => {
  const { level: found, outDir } = await level({ loudnessLufs: -30, loudnessRule: 'target' });
  expect(found).toMatchObject({ status: 'met', passCount: 1, missedByLu: 0 });
  expect(found.integratedLufs).toBeCloseTo(-30, 2);
  const { before, after } = renderOf(found, '5.1');
  expect(before.integratedLufs + found.gainDb).toBeCloseTo(after.integratedLufs, 3);
  expect(before.truePeakDbtp + found.gainDb).toBeCloseTo(after.truePeakDbtp, 3);
  expect(found.limiter.maxReductionDb).toBe(0);
  expect(readdirSync(outDir).sort()).toEqual(['manifest.json', 'report.json', 'tiny.adm.wav']);
  expect(readdirSync(scratchDir)).toEqual([]);
});

test('the file states the loudness of the loudest render that counts', async () => {
  const { level: found, outDir } = await level({ on: ['5.1', 'stereo'], loudnessLufs: -30 });
  const reader = await openWavFile(join(outDir, 'tiny.adm.wav'), { kernels: await loadKernels() });
  await reader.close();
  const loudest = found.renders.find(({ after }) => after.integratedLufs === found.integratedLufs)!.after;
  expect(reader.bext!.integratedLufs).toBeCloseTo(loudest.integratedLufs, 2);
  expect(reader.bext!.truePeakMaxDbtp).toBeCloseTo(loudest.truePeakDbtp, 2);
  expect(reader.bext!.codingHistory).toContain('recipe sha256');
});

test('with limiting it is met from below, in few passes', async () => {
  const { level: found } = await level({ loudnessLufs: -15 });
  expect(found.status).toBe('met');
  expect(found.passCount).toBeLessThanOrEqual(3);
  expect(found.integratedLufs).toBeLessThanOrEqual(-15);
  expect(found.integratedLufs).toBeGreaterThanOrEqual(-15.1);
  expect(renderOf(found, '5.1').after.truePeakDbtp).toBeLessThanOrEqual(-1);
  expect(found.limiter.maxReductionDb).toBeGreaterThan(0.5);
});

test('the work of the limiter is told over time where that is asked for, and there was some', async () => {
  const { level: found, outDir } = await level({ loudnessLufs: -15 }, { gainTrace: true });
  expect(found.limiter.traceFile).toBe('tiny.adm.limiter.csv');
  const [header, ...rows] = readFileSync(join(outDir, 'tiny.adm.limiter.csv'), 'utf8').trim().split('\n');
  expect(header).toMatch(/^time_sec,all_db(,lfe_db)?$/);
  expect(rows).toHaveLength(10);
  const deepestDb = Math.max(...rows.map((row) => Number(row.split(',')[1])));
  expect(deepestDb).toBeCloseTo(found.limiter.maxReductionDb, 2);
  const manifest = JSON.parse(readFileSync(join(outDir, 'manifest.json'), 'utf8')) as object;
  expect(JSON.stringify(manifest)).toContain('tiny.adm.limiter.csv');
  const idle = await level({ loudnessLufs: -30 }, { gainTrace: true });
  expect(idle.level.limiter.traceFile).toBeUndefined();
  expect(existsSync(join(idle.outDir, 'tiny.adm.limiter.csv'))).toBe(false);
});

test('what is out of reach ends at the limiting that is allowed, and says how far below', async () => {
  const { level: found } = await level({ loudnessLufs: -3 }, { maxReductionDb: 2 });
  expect(found.status).toBe('reduction-limited');
  expect(found.missedByLu).toBeCloseTo(-3 - found.integratedLufs, 6);
  expect(found.missedByLu).toBeGreaterThan(1);
  expect(found.limiter.maxReductionDb).toBeLessThan(2.06);
});

test('of several renders the loudest counts', async () => {
  const { level: found } = await level({ on: ['5.1', 'stereo', '7.1.4'], loudnessLufs: -25 });
  const loudness = found.renders.map(({ after }) => after.integratedLufs);
  expect(loudness).toHaveLength(3);
  expect(Math.max(...loudness)).toBe(found.integratedLufs);
  expect(found.integratedLufs).toBeCloseTo(-25.05, 2);
});

test('rules about peaks: the highest of all renders comes to the ceiling, without limiting', async () => {
  const { level: found } = await level({ loudnessRule: 'peak', ceilingDbtp: -3, renders: ['5.1', 'stereo'] });
  expect(found.loudnessTargetLufs).toBeUndefined();
  // The standard's meter may read 0.7 dB less than the exact one, which counts.
  const highestDbtp = Math.max(...found.renders.map(({ after }) => after.truePeakDbtp));
  expect(highestDbtp).toBeLessThanOrEqual(-3);
  expect(highestDbtp).toBeGreaterThan(-3.7);
  expect(found).toMatchObject({ passCount: 1, limiter: { maxReductionDb: 0 } });
});

test('silence has no loudness to bring anywhere', async () => {
  writeWav(join(folder, 'silent.wav'), [() => 0], frameCount);
  const silent = writeScene(folder, 'silent', {
    objects: [{ name: 'a', file: 'silent.wav', position: { azimuthDeg: 0 } }],
  });
  const { level: found, outDir } = await level({}, { scene: silent });
  expect(found).toMatchObject({ status: 'silent', gainDb: 0, integratedLufs: -Infinity, missedByLu: 0 });
  expect(existsSync(join(outDir, 'silent.adm.wav'))).toBe(true);
});

test('a dry run says what is asked and makes nothing', async () => {
  const { level: found, outDir } = await level({ loudnessLufs: -20 }, { dryRun: true });
  expect(found).toMatchObject({ loudnessTargetLufs: -20, passCount: 0, renders: [] });
  expect(existsSync(outDir)).toBe(false);
});

describe('beside other targets', () => {
  test('these stay as they are without it', async () => {
    const targets = ['stems', 'adm-itu', 'stereo'];
    const leveled = await level({ loudnessLufs: -30 }, { targets });
    const plain = await level({ loudnessLufs: -30 }, { targets, sceneStage: { bypass: ['sceneLoudness'] } });
    expect(plain.report.sceneFiles![0]!.loudness).toBeUndefined();
    const hashes = [leveled, plain].map(({ report }) => report.targets.map(({ sha256 }) => sha256));
    expect(hashes[0]).toEqual(hashes[1]);
    expect(leveled.report.sceneFiles!.map(({ target }) => target)).toEqual(['stems', 'adm-itu']);
    const bytesOf = (outDir: string): Buffer => readFileSync(join(outDir, 'tiny.adm-itu.wav'));
    expect(bytesOf(leveled.outDir).equals(bytesOf(plain.outDir))).toBe(false);
  });

  test('each form comes to the loudness by its own renders', async () => {
    // A Dolby Atmos master without trims has automatic ones, stems have none.
    const { outDir, report } = await level({ loudnessLufs: -30 }, { targets: ['stems', 'adm-dolby'] });
    const [stems, adm] = report.sceneFiles!.map(({ loudness }) => loudness!);
    expect(Math.abs(adm!.gainDb - stems!.gainDb)).toBeGreaterThan(0.02);
    for (const found of [adm!, stems!]) expect(found).toMatchObject({ status: 'met', passCount: 1 });
    const { files } = await measureFiles(
      ['tiny.stems.scene.json', 'tiny.adm-dolby.wav'].map((name) => join(outDir, name)),
    );
    for (const { reRenders } of files) expect(reRenders!['5.1']!.integratedLufs).toBeCloseTo(-30.05, 3);
  });

  test('what 24 bits cut is heard as it was cut', async () => {
    writeWav(join(folder, 'hot.wav'), [(frame) => 0.9 * Math.sin(frame / 20)], frameCount);
    // Its gain makes it soft in renders, so that its track goes far over full scale.
    const hot = writeScene(folder, 'hot', {
      objects: [{ name: 'a', file: 'hot.wav', position: { azimuthDeg: 0 }, gainDb: -12 }],
    });
    const { level: found, outDir, warnings } = await level({ loudnessLufs: -12 }, { scene: hot });
    expect(warnings.map(({ code }) => code)).toContain('scene-clipped');
    const { files } = await measureFiles([join(outDir, 'hot.adm.wav')]);
    const measured = files[0]!.reRenders!['5.1']!;
    expect(renderOf(found, '5.1').after.integratedLufs).toBeCloseTo(measured.integratedLufs, 3);
    expect(renderOf(found, '5.1').after.truePeakDbtp).toBeCloseTo(measured.truePeakDbtp, 2);
  });

  test('stems keep what is over full scale', async () => {
    const { level: found, warnings } = await level(
      { loudnessLufs: -10, ceilingDbtp: 0 },
      { targets: ['stems'], maxReductionDb: 12 },
    );
    expect(found.status).toBe('met');
    expect(warnings.map(({ code }) => code)).not.toContain('scene-clipped');
  });
});

test('what is stopped leaves nothing', async () => {
  const controller = new AbortController();
  const outDir = join(folder, 'stopped');
  const running = masterScene({
    ...{ scene, outDir, scratchDir, targets: ['adm'], profiles: ['umg-atmos'], signal: controller.signal },
    onProgress: ({ phase, fraction }) => {
      if (phase === 'level' && fraction > 0.3) controller.abort();
    },
  });
  await expect(running).rejects.toMatchObject({ name: 'AbortedError' });
  expect(readdirSync(outDir)).toEqual([]);
  expect(readdirSync(scratchDir)).toEqual([]);
});

test.each(['together', 'loudest'] as const)(
  'the scenes of an album share the gain (%s)',
  async (albumLoudness) => {
    writeWav(join(folder, 'quiet.wav'), [(frame) => 0.12 * Math.sin(frame / 8)], frameCount);
    const quiet = writeScene(folder, 'quiet', {
      objects: [{ name: 'a', file: 'quiet.wav', position: { azimuthDeg: 0 } }],
    });
    const results = await masterAlbum({
      ...{ scenes: [scene, quiet], outDir: join(folder, albumLoudness), scratchDir, targets: ['adm'] },
      recipe: parseRecipe({ version: 1, sceneLoudness: { loudnessLufs: -20, renders: ['5.1'] } }),
      albumLoudness,
    });
    const levels = results.map(({ report }) => report.sceneFiles![0]!.loudness!);
    expect(levels[0]!.gainDb).toBe(levels[1]!.gainDb);
    expect(levels[0]!.integratedLufs).toBe(levels[1]!.integratedLufs);
    expect(levels[0]!.integratedLufs).toBeCloseTo(-20.05, 1);
    const own = levels.map((found) => renderOf(found, '5.1').after.integratedLufs);
    expect(own[0]).toBeGreaterThan(own[1]!);
    if (albumLoudness === 'loudest') expect(own[0]).toBe(levels[0]!.integratedLufs);
    else expect(own[0]).toBeGreaterThan(levels[0]!.integratedLufs);
  },
);
