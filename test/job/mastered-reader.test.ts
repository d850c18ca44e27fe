import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { InternalError } from '../../src/base/errors.ts';
import { openAudioFile } from '../../src/io/open-audio-file.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import type { SceneReader } from '../../src/io/scene-reader.ts';
import { createMasteredReader } from '../../src/job/mastered-reader.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { sine, writeWav } from '../cli/cli-support.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const frameCount = 12_000;
let scene: string;
let sideFile: string;
beforeAll(() => {
  scene = writeTinyScene(folder, frameCount);
  sideFile = join(folder, 'side.wav');
  writeWav(sideFile, [sine(100, 0.5)], 5000);
});

const opened: SceneReader[] = [];
afterAll(async () => {
  for (const reader of opened) await reader.close();
});

const keep = <Reader extends SceneReader>(reader: Reader): Reader => {
  opened.push(reader);
  return reader;
};
const open = async () => openScene(scene, { kernels: await loadKernels({}), onWarning: () => undefined });
const openPlain = async () => keep(await open());
async function openMastered(entries: readonly object[], startFrame = 0, hasSideChain = false) {
  const kernels = await loadKernels({});
  const sideChains = hasSideChain ? [[sideFile, await openAudioFile(sideFile, { kernels })] as const] : [];
  const reader = createMasteredReader(await open(), {
    entries: parseRecipe({ version: 1, scene: entries }).scene,
    kernels,
    startFrame,
    sideChains: new Map(sideChains),
    createDetectorRender() {
      throw new InternalError('no-render', 'this test renders nothing');
    },
    onWarning: () => undefined,
  });
  return keep(reader);
}
async function readAll(reader: SceneReader, blockFrames = 4096, from = 0): Promise<Float32Array[]> {
  const tracks = Array.from(
    { length: reader.channelCount },
    () => new Float32Array(reader.frameCount - from),
  );
  if (from > 0) reader.seek(from);
  const block = createAudioBlock(reader.channelCount, blockFrames);
  for (let done = 0; ;) {
    block.frameCount = blockFrames;
    const got = await reader.read(block);
    if (got === 0) return tracks;
    for (const [track, channel] of block.channels.entries())
      tracks[track]!.set(channel.subarray(0, got), done);
    done += got;
  }
}

test('latency is taken out: what is only advanced and delayed comes out in its place, to the last sample', async () => {
  const plain = await readAll(await openPlain());
  const entries = [
    { type: 'delay', group: 'lfe', delaySamples: -5000 },
    { type: 'delay', group: 'lfe', delaySamples: 5000 },
    { type: 'gain', group: 'objects', gainDb: -6 },
  ];
  for (const hasSideChain of [false, true]) {
    const reader = await openMastered(entries, 0, hasSideChain);
    const mastered = await readAll(reader, 1000);
    for (const track of [0, 1, 2, 4, 5]) expect(mastered[track]).toEqual(plain[track]);
    expect(mastered[3]!.subarray(5000)).toEqual(plain[3]!.subarray(5000));
    expect(mastered[6]).toEqual(plain[6]!.map((sample) => sample * 10 ** -0.3));
  }
});

test('blocks of any size give the same bits, and so does reading again', async () => {
  const entries = [
    { type: 'dc', group: ['all', 'lfe'] },
    { type: 'delay', group: 'height', delaySamples: -77 },
    { type: 'balance', frontDb: -3, heightDb: 3 },
  ];
  const whole = await readAll(await openMastered(entries), 12_000);
  for (const blockFrames of [1, 333, 4096, 5000]) {
    const reader = await openMastered(entries);
    expect(await readAll(reader, blockFrames)).toEqual(whole);
    reader.seek(0);
    expect(await readAll(reader, 2000)).toEqual(whole);
  }
});

test('an excerpt has the weights of its time; what lies before it is not heard', async () => {
  const moving = [{ type: 'balance', frontDb: -3, heightDb: 3 }];
  const whole = await readAll(await openMastered(moving));
  const excerpt = await readAll(await openMastered(moving, 7001), 512, 7001);
  expect(excerpt).toEqual(whole.map((track) => track.subarray(7001)));
  // Sought without being announced, too.
  expect(await readAll(await openMastered(moving), 512, 7001)).toEqual(excerpt);
  const early = await readAll(await openMastered([{ type: 'delay', delaySamples: 100 }], 600), 512, 600);
  for (const track of early.slice(0, 3))
    expect(track.subarray(0, 100).every((sample) => sample === 0)).toBe(true);
});

test('where nothing is to be done the reader is the scene itself, and says why', async () => {
  const reader = await openMastered([{ type: 'gain', gainDb: 6, bypass: true }]);
  expect(await readAll(reader, 100)).toEqual(await readAll(await openPlain()));
  expect(reader.figures()).toMatchObject([{ idle: 'bypass', entry: { id: 'gain1' } }]);
});
