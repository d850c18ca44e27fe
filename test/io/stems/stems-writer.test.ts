import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Warning } from '../../../src/base/errors.ts';
import type { StemInfo } from '../../../src/io/scene-reader.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { holdsMoreThan24Bits, planStems } from '../../../src/io/stems/stems-writer.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { sceneTracks, type AudioObject, type Scene } from '../../../src/scene/scene.ts';
import { sceneDifferences } from '../../../src/scene/scene-differences.ts';
import { jobFolder } from '../../job/scenes.ts';
import { fullScene } from '../../scene/full-scene.ts';
import { noise } from '../../support.ts';
import { blockOf, objectOf, sceneOf } from '../adm/write-scenes.ts';
import { expectRehearsed } from '../scene-rehearsals.ts';

const folder = jobFolder();
const kernels = await loadKernels();
const sampleRateHz = 48_000;
const frameCount = 9600;

/** Options, with what was warned of. */
function optionsOf(scene: Scene, sources?: readonly StemInfo[]) {
  const warnings: Warning[] = [];
  const onWarning = (warning: Warning): void => void warnings.push(warning);
  const tool = { name: 'periphon', version: [1, 2, 3] as const };
  return { scene, kernels, sampleRateHz, frameCount, sources, tool, onWarning, warnings };
}

/** Noise on every track of a scene, of 24 bit. */
function noiseBlock(scene: Scene) {
  const block = createAudioBlock(sceneTracks(scene).length, frameCount);
  for (const [track, channel] of block.channels.entries())
    channel.set(noise(frameCount, track + 1).map((sample) => Math.round(sample * 8388607) / 8388608));
  return block;
}

async function readBack(file: string) {
  const reader = await openScene(file, { kernels });
  const block = createAudioBlock(reader.channelCount, reader.frameCount);
  await reader.read(block);
  await reader.close();
  return { scene: reader.scene, audio: block.channels, stems: reader.stems };
}

test('a scene in which all has a value comes back, its audio from the start of each element on', async () => {
  const file = join(folder, 'full.scene.json');
  const options = optionsOf(fullScene);
  const plan = planStems(file, options);
  expect(plan.files.map((path) => path.slice(folder.length + 1))).toEqual([
    'full.scene.json',
    'full.stems/drums.wav',
    'full.stems/drums 2.wav',
    'full.stems/room.fuma1.wav',
    'full.stems/rest.wav',
    'full.stems/doors.wav',
  ]);
  expect(plan.files.filter((path) => existsSync(path))).toEqual([]);
  const writer = await plan.start();
  const block = noiseBlock(fullScene);
  for (let at = 0; at < frameCount; at += 7) {
    const end = Math.min(frameCount, at + 7);
    await writer.write({
      channels: block.channels.map((channel) => channel.subarray(at, end)),
      frameCount: end - at,
    });
  }
  await writer.finish();
  const { scene, audio, stems } = await readBack(file);
  expect(sceneDifferences(scene, fullScene)).toEqual([]);
  expect(options.warnings).toEqual([]);
  // All elements start 1/6000 s, 8 samples, into the scene.
  expect(stems.map((stem) => stem.startSample)).toEqual([8, 8, 8, 8, 8]);
  expect(stems[0]).toMatchObject({ sampleFormat: 'int24', channelCount: 1, frameCount: frameCount - 8 });
  for (const channel of block.channels) channel.fill(0, 0, 8);
  expect(audio).toEqual(block.channels);
});

test('the document is short lines that people can read', async () => {
  const file = join(folder, 'readable.scene.json');
  const writer = await planStems(file, optionsOf(sceneOf(objectOf('voice')))).start();
  await writer.write(createAudioBlock(1, frameCount));
  await writer.finish();
  expect(readFileSync(file, 'utf8')).toBe(
    '{\n  "version": 1,\n  "name": "song",\n  "programme": { "name": "song" },\n  "objects": [\n    {\n' +
      '      "id": "voice",\n      "name": "voice",\n      "file": "readable.stems/voice.wav",\n' +
      '      "position": { "azimuthDeg": 0, "elevationDeg": 0 }\n    }\n  ]\n}\n',
  );
});

test('audio with more than 24 bits stays 32-bit float', async () => {
  const source = (values: Partial<StemInfo>): StemInfo => ({
    file: 'a.wav',
    container: 'WAV',
    sampleFormat: 'int24',
    bitDepth: 24,
    sampleRateHz,
    channelCount: 1,
    frameCount,
    startSample: 0,
    elements: ['voice'],
    ...values,
  });
  const isLong = (values: Partial<StemInfo>): boolean => holdsMoreThan24Bits(source(values), sampleRateHz);
  expect(isLong({})).toBe(false);
  expect(isLong({ sampleFormat: 'int32' })).toBe(false);
  expect(isLong({ sampleFormat: 'int32', bitDepth: 32 })).toBe(true);
  expect(isLong({ sampleRateHz: 44_100 })).toBe(true);
  const scene = sceneOf(objectOf('voice'), objectOf('drum'));
  const file = join(folder, 'float.scene.json');
  const sources = [source({ sampleFormat: 'float32', bitDepth: 32 }), source({ elements: ['drum'] })];
  const writer = await planStems(file, optionsOf(scene, sources)).start();
  const block = createAudioBlock(2, frameCount);
  block.channels[0]!.set(noise(frameCount, 1, 3));
  await writer.write(block);
  await writer.finish();
  const { audio, stems } = await readBack(file);
  expect(stems.map(({ sampleFormat }) => sampleFormat)).toEqual(['float32', 'int24']);
  expect(audio).toEqual(block.channels);
});

test('what a scene file does not say is warned of with its place, or refused', () => {
  const far = blockOf(0, 0.1, { position: { kind: 'cartesian', xyz: [2, 0, 0] } });
  const also = blockOf(0.1, 0.1, { position: { kind: 'cartesian', xyz: [0, 0, -3] } });
  const options = optionsOf(sceneOf(objectOf('far', [far, also])));
  planStems(join(folder, 'far.scene.json'), options);
  expect(options.warnings).toMatchObject([{ code: 'stems-lossy', path: 'elements[0].blocks.position.xyz' }]);
  expect(options.warnings[0]!.message).toContain('"far"');
  expect(options.warnings[0]!.message).toContain('(2 times)');
  const loud = sceneOf(objectOf('loud', undefined, { gainDb: 60 }));
  expect(() => planStems(join(folder, 'loud.scene.json'), optionsOf(loud))).toThrow(
    expect.objectContaining({ code: 'stems-scene', message: expect.stringContaining('objects[0].gainDb') }),
  );
});

test('an element that starts behind the end has an empty stem', async () => {
  const file = join(folder, 'late.scene.json');
  const late = objectOf('late', undefined, { startSec: { numerator: 1n, denominator: 1n } });
  const scene = sceneOf(objectOf('voice'), late);
  const writer = await planStems(file, optionsOf(scene)).start();
  await writer.write(noiseBlock(scene));
  await writer.finish();
  const { scene: back, stems, audio } = await readBack(file);
  expect(stems[1]).toMatchObject({ frameCount: 0, startSample: 48_000 });
  expect(sceneDifferences(back, scene)).toEqual([]);
  expect(audio).toEqual([noiseBlock(scene).channels[0], new Float32Array(frameCount)]);
});

test('what fails leaves nothing behind, and takes nothing with it', async () => {
  const before = readdirSync(folder).sort();
  const scene = sceneOf(objectOf('voice'), objectOf('drum'));
  const broken = await planStems(join(folder, 'broken.scene.json'), optionsOf(scene)).start();
  expect(readdirSync(join(folder, 'broken.stems'))).toHaveLength(2);
  // A block with too few channels is a fault in the middle of the work.
  await expect(broken.write(createAudioBlock(1, 10))).rejects.toMatchObject({ code: 'channel-count' });
  expect(readdirSync(folder).sort()).toEqual(before);
  const stopped = await planStems(join(folder, 'stopped.scene.json'), optionsOf(scene)).start();
  await stopped.write(createAudioBlock(2, 10));
  await stopped.abort();
  expect(readdirSync(folder).sort()).toEqual(before);
  // The scene file cannot get its name: the finished stems go too, what was there stays.
  mkdirSync(join(folder, 'taken.scene.json'));
  mkdirSync(join(folder, 'taken.stems'));
  writeFileSync(join(folder, 'taken.stems', 'other.txt'), 'mine');
  const taken = await planStems(join(folder, 'taken.scene.json'), optionsOf(scene)).start();
  await expect(taken.finish()).rejects.toMatchObject({ code: 'output-unwritable' });
  expect(readdirSync(join(folder, 'taken.stems'))).toEqual(['other.txt']);
});

test('abort after the end leaves the files', async () => {
  const file = join(folder, 'done.scene.json');
  const scene: Scene = sceneOf(objectOf('voice'));
  const writer = await planStems(file, optionsOf(scene)).start();
  await writer.write(createAudioBlock(1, frameCount));
  await writer.finish();
  await writer.abort();
  expect(((await readBack(file)).scene.elements[0] as AudioObject).name).toBe('voice');
});

test('what is rehearsed is what is read of the files', () => expectRehearsed(folder, 'stems', fullScene));
