import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { masterAlbum as builtMasterAlbum } from 'periphon';
import { beforeAll, describe, expect, test } from 'vitest';
import { masterAlbum } from '../../src/job/master-album.ts';
import { masterScene } from '../../src/job/master-scene.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { bursts, sine, writeScene, writeWav, type Signal } from '../cli/cli-support.ts';
import { readPlainWav } from '../cli/outside-tools.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const position = { azimuthDeg: 30, elevationDeg: 0 };
let scenes: string[];

const sceneOf = (name: string, signal: Signal, sec: number): string => {
  writeWav(join(folder, `${name}.wav`), [signal], sec * 48_000);
  return writeScene(folder, name, { objects: [{ name, file: `${name}.wav`, position }] });
};

beforeAll(() => {
  scenes = [
    sceneOf('loud', (n) => sine(440, 0.2)(n) + bursts(1, 0.7)(n), 4),
    sceneOf('soft', sine(500, 0.08), 3),
    sceneOf('faint', sine(500, 0.004), 3),
  ];
});

/** Gating blocks of a stereo file, read by Node alone. */
function blocksOf(file: string): number[] {
  const channels = readPlainWav(file).channels.map((channel) => Float32Array.from(channel));
  const meter = createLoudnessMeter({ kernels: createScalarKernels(), sampleRateHz: 48_000, layout: [1, 1] });
  meter.process({ channels, frameCount: channels[0]!.length });
  return [...meter.blockPowers()];
}

test('together: one gain, and the blocks of all files as one programme have the loudness', async () => {
  const outDir = join(folder, 'together');
  const results = await masterAlbum({ scenes, outDir, targets: ['stereo', '5.1'], maxReductionDb: 20 });
  expect(results.map(({ reportFile }) => reportFile)).toEqual(
    ['loud', 'soft', 'faint'].map((name) => join(outDir, `${name}.report.json`)),
  );
  const stereo = results.map(({ report }) => report.targets[0]!);
  expect(new Set(stereo.map(({ gainDb }) => gainDb)).size).toBe(1);
  expect(stereo.map(({ status }) => status)).toEqual(['met', 'met', 'met']);
  const all = stereo.flatMap(({ file }) => blocksOf(join(outDir, file)));
  const albumLufs = integratedLoudnessLufs(Float64Array.from(all));
  expect(Math.abs(albumLufs + 14)).toBeLessThanOrEqual(0.1);
  for (const { album, truePeakDbtp } of stereo) {
    expect(album).toMatchObject({ sceneCount: 3, measured: 'together' });
    expect(album!.integratedLufs).toBeCloseTo(albumLufs, 4);
    expect(truePeakDbtp).toBeLessThanOrEqual(-1);
  }
  // Below the limiter levels stay as they were: 20 times is 26.02 dB.
  expect(stereo[1]!.integratedLufs - stereo[2]!.integratedLufs).toBeCloseTo(26.02, 1);
  expect(stereo[0]!.maxReductionDb).toBeGreaterThan(0);
  expect(stereo[1]!.maxReductionDb).toBe(0);
  expect(JSON.parse(readFileSync(results[1]!.reportFile, 'utf8')).targets[0].album.sceneCount).toBe(3);
});

test('loudest: no file is above the loudness, and one has it', async () => {
  const outDir = join(folder, 'loudest');
  const results = await masterAlbum({ scenes, outDir, targets: ['5.1'], albumLoudness: 'loudest' });
  const loudness = results.map(({ report }) => report.targets[0]!.integratedLufs);
  expect(Math.max(...loudness)).toBeLessThanOrEqual(-18);
  expect(Math.max(...loudness)).toBeGreaterThanOrEqual(-18.1);
  expect(results[0]!.report.targets[0]!.album!.integratedLufs).toBe(Math.max(...loudness));
});

test('an album of one is that scene alone, and threads change nothing', async () => {
  const targets = ['stereo', 'binaural'];
  const [alone] = await masterAlbum({ scenes: [scenes[0]!], outDir: join(folder, 'one'), targets });
  const single = await masterScene({ scene: scenes[0]!, outDir: join(folder, 'single'), targets });
  expect(alone!.report).toEqual(single.report);
  const reports = [];
  for (const threads of [1, 3]) {
    const outDir = join(folder, `threads ${threads}`);
    const results = await builtMasterAlbum({ scenes, outDir, targets, threads });
    reports.push(results.map(({ report }) => report));
  }
  expect(reports[1]).toEqual(reports[0]);
}, 60_000);

describe('nothing is made', () => {
  test('of scenes of one name', async () => {
    mkdirSync(join(folder, 'other'));
    for (const file of ['soft.scene.json', 'soft.wav']) {
      copyFileSync(join(folder, file), join(folder, 'other', file));
    }
    const twice = [scenes[1]!, join(folder, 'other', 'soft.scene.json')];
    const outDir = join(folder, 'twice');
    await expect(masterAlbum({ scenes: twice, outDir })).rejects.toMatchObject({ code: 'repeated-scene' });
    await expect(masterAlbum({ scenes: [], outDir })).rejects.toMatchObject({ code: 'no-scenes' });
  });

  test('and nothing is left where it is stopped', async () => {
    const outDir = join(folder, 'stopped');
    const scratchDir = join(folder, 'scratch');
    mkdirSync(scratchDir);
    const controller = new AbortController();
    const running = masterAlbum({
      ...{ scenes, outDir, scratchDir, targets: ['stereo', '5.1'], signal: controller.signal },
      onProgress: ({ phase, subject, fraction }) => {
        if (phase === 'master' && subject === 'stereo' && fraction > 0.5) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(outDir)).toEqual([]);
    expect(readdirSync(scratchDir)).toEqual([]);
  });
});

test('scenes whose rates make other files of the same profiles are no album', async () => {
  writeWav(join(folder, 'slow.wav'), [sine(440, 0.1, 32_000)], 32_000, { sampleRateHz: 32_000 });
  const slow = writeScene(folder, 'slow', { objects: [{ name: 'slow', file: 'slow.wav', position }] });
  const outDir = join(folder, 'rates');
  // Spotify's lowest rate is 44.1 kHz, TIDAL's is not stated: at 48 kHz they share a file.
  const options = { scenes: [scenes[0]!, slow], outDir, profiles: ['spotify', 'tidal'], dryRun: true };
  await expect(masterAlbum(options)).rejects.toMatchObject({ code: 'album-targets' });
  const [first, second] = await masterAlbum({ ...options, sampleRateHz: 48_000 });
  expect(first!.report.targets.map(({ profiles }) => profiles)).toEqual([['spotify', 'tidal']]);
  expect(second!.report.targets.map(({ sampleRateHz }) => sampleRateHz)).toEqual([48_000]);
});
