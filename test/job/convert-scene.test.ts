import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { cubeToPolar } from '../../src/base/cube-coordinates.ts';
import type { Warning } from '../../src/base/errors.ts';
import { rationalToSec } from '../../src/base/time.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { convertScene } from '../../src/job/convert-scene.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { unstatedModes } from '../../src/scene/make-scene.ts';
import { sceneDifferences } from '../../src/scene/scene-differences.ts';
import type { AudioObject, ObjectBlock, Scene } from '../../src/scene/scene.ts';
import { realDbmd, realMaster } from '../io/adm/real-masters.ts';
import { writeScene, writeWav, type WavSettings } from '../cli/cli-support.ts';
import { noise, run } from '../support.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const kernels = await loadKernels();
const frameCount = 48_000;
let stems: string;
beforeAll(() => {
  stems = writeTinyScene(folder, frameCount);
});

async function sceneAndAudio(file: string) {
  const reader = await openScene(file, { kernels });
  const block = createAudioBlock(reader.channelCount, reader.frameCount);
  await reader.read(block);
  await reader.close();
  return { scene: reader.scene, audio: block.channels };
}

/** Payload of a chunk. */
function chunkOf(file: string, wanted: string): Buffer {
  const bytes = readFileSync(file);
  for (let at = 12; at < bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === wanted) return bytes.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  throw new Error(`no ${wanted}`);
}

const withoutExtras = ({ extras: _, ...scene }: Scene) => scene;

for (const index of [0, 1, 2]) {
  test(`real master ${index}, written as one, is the same scene, dbmd and audio`, async (context) => {
    const source = realMaster(context, index);
    const out = join(folder, `master ${index}.wav`);
    await convertScene({ scene: source, out, to: 'adm-dolby' });
    const [before, after] = [await sceneAndAudio(source), await sceneAndAudio(out)];
    expect(withoutExtras(after.scene)).toEqual({ ...withoutExtras(before.scene), name: after.scene.name });
    expect([...chunkOf(out, 'dbmd')]).toEqual([...realDbmd(context, index)]);
    expect(chunkOf(out, 'data').equals(chunkOf(source, 'data'))).toBe(true);
    expect(chunkOf(out, 'chna').equals(chunkOf(source, 'chna'))).toBe(true);
  });

  test(`real master ${index}, to itu and back, is the same scene and audio`, async (context) => {
    const source = realMaster(context, index);
    const [itu, back] = [join(folder, `itu ${index}.wav`), join(folder, `back ${index}.wav`)];
    await convertScene({ scene: source, out: itu, to: 'adm-itu' });
    await convertScene({ scene: itu, out: back, to: 'adm-dolby' });
    const [before, after] = [await sceneAndAudio(source), await sceneAndAudio(back)];
    // The itu flavour has no place for what dbmd says of tracks.
    const plain = ({ elements }: Scene) => elements.map((element) => ({ ...element, ...unstatedModes }));
    expect(plain(after.scene)).toEqual(plain(before.scene));
    expect(chunkOf(back, 'data').equals(chunkOf(source, 'data'))).toBe(true);
  });
}

test('stems to a master, to itu and back: audio bit by bit, places and times as the format holds them', async () => {
  const original = await sceneAndAudio(stems);
  let source = stems;
  for (const to of ['adm-dolby', 'adm-itu', 'adm-dolby'] as const) {
    const out = join(folder, `${to}-${source.length}.wav`);
    const result = await convertScene({ scene: source, out, to });
    expect(result).toMatchObject({
      version: 1,
      scene: source,
      file: out,
      format: to,
      sampleRateHz: 48_000,
      frameCount,
      elementCount: 2,
    });
    const made = await sceneAndAudio(out);
    expect(made.audio).toEqual(original.audio);
    const [bed, drum] = made.scene.elements;
    expect(bed).toMatchObject({ kind: 'bed', name: 'bed', layout: '0+5+0' });
    expect(levelOf(bed as never)).toBeCloseTo(-3, 9);
    compareEnds(drum as AudioObject, original.scene.elements[1] as AudioObject);
    source = out;
  }
});

/** Level of a bed whose gain may stand in its channels: a master has it there. */
const levelOf = ({ gainDb, channels }: { gainDb: number; channels: readonly { gainDb: number }[] }): number =>
  gainDb + channels[0]!.gainDb;

/** The first and the last place of an object, and when it begins to move and arrives. */
function compareEnds(made: AudioObject, original: AudioObject): void {
  const first = (object: AudioObject): ObjectBlock => object.blocks[0]!;
  const last = (object: AudioObject): ObjectBlock => object.blocks.at(-1)!;
  for (const end of [first, last]) {
    const position = polarOf(end(made));
    const wanted = polarOf(end(original));
    expect(position.azimuthDeg).toBeCloseTo(wanted.azimuthDeg, 6);
    expect(position.elevationDeg).toBeCloseTo(wanted.elevationDeg, 6);
  }
  expect(rationalToSec(made.blocks[1]!.startSec)).toBeCloseTo(rationalToSec(original.blocks[1]!.startSec), 5);
}

const polarOf = ({ position }: ObjectBlock) =>
  position.kind === 'polar' ? position : cubeToPolar(position.xyz);

test('stems to itu and back keep the very blocks', async () => {
  const original = await sceneAndAudio(stems);
  const out = join(folder, 'exact.wav');
  await convertScene({ scene: stems, out, to: 'adm-itu' });
  const { scene } = await sceneAndAudio(out);
  const blocksOf = ({ elements }: Scene) =>
    (elements[1] as AudioObject).blocks.map(({ startSec, durationSec, ...block }) => ({
      ...block,
      startSec: rationalToSec(startSec),
      durationSec: rationalToSec(durationSec!),
    }));
  expect(blocksOf(scene)).toEqual(blocksOf(original.scene));
  expect(scene.elements[0]).toMatchObject({ gainDb: -3 });
});

test('a file that exists stays, and one that cannot be made leaves nothing behind', async () => {
  const out = join(folder, 'kept.wav');
  await convertScene({ scene: stems, out, to: 'adm-itu' });
  const before = readFileSync(out);
  await expect(convertScene({ scene: stems, out, to: 'adm-itu' })).rejects.toMatchObject({
    code: 'output-exists',
  });
  expect(readFileSync(out).equals(before)).toBe(true);
  await convertScene({ scene: stems, out, to: 'adm-dolby', overwrite: true, blockFrames: 777 });
  expect(chunkOf(out, 'dbmd').length).toBeGreaterThan(500);
  const stopped = convertScene({
    scene: stems,
    out: join(folder, 'stopped.wav'),
    to: 'adm-itu',
    signal: AbortSignal.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
});

test('float audio is rounded, and said so', async () => {
  const warnings: Warning[] = [];
  const { renderScene } = await import('../../src/job/render-scene.ts');
  const { files } = await renderScene({ scene: stems, outDir: folder, targets: ['5.1'] });
  const onWarning = (warning: Warning): void => void warnings.push(warning);
  await convertScene({ scene: files[0]!.file, out: join(folder, 'rounded.wav'), to: 'adm-itu', onWarning });
  expect(warnings.map(({ code }) => code)).toContain('convert-depth');
});

/** A scene of one mono stem in a folder of its own, as the settings have it. */
function writeVoice(name: string, settings: WavSettings = {}, document: object = {}): string {
  const home = join(folder, name);
  mkdirSync(home);
  const samples = noise(4800, 7, 0.9);
  writeWav(join(home, 'voice.wav'), [(frame) => samples[frame]!], 4800, settings);
  const objects = [{ name: 'voice', file: 'voice.wav', position: { azimuthDeg: 30 } }];
  return writeScene(home, 'voice', { objects, ...document });
}

test('the name of the file says the format; folders are made', async () => {
  const out = join(folder, 'made', 'deep', 'tiny.scene.json');
  const result = await convertScene({ scene: stems, out });
  expect(result).toMatchObject({ format: 'stems', file: out, losses: [] });
  expect(result.files.map((file) => file.slice(folder.length))).toEqual([
    '/made/deep/tiny.scene.json',
    '/made/deep/tiny.stems/bed.wav',
    '/made/deep/tiny.stems/drum.wav',
  ]);
  const [before, after] = [await sceneAndAudio(stems), await sceneAndAudio(out)];
  expect(after.audio).toEqual(before.audio);
  expect(sceneDifferences(before.scene, after.scene)).toEqual([]);
  const wav = await convertScene({ scene: stems, out: join(folder, 'inferred.wav') });
  expect(wav.format).toBe('adm-dolby');
  await expect(convertScene({ scene: stems, out: 'mix.mp3' })).rejects.toMatchObject({
    code: 'convert-format',
  });
});

test('a dry run warns and refuses as the conversion would, and writes nothing', async () => {
  const before = readdirSync(folder).sort();
  const out = join(folder, 'nowhere', 'dry.wav');
  const { losses, files } = await convertScene({ scene: stems, out, dryRun: true });
  expect(files).toEqual([out]);
  // The moving object of the scene is wider than high.
  expect(losses.map(({ code }) => code)).toContain('adm-lossy');
  expect(readdirSync(folder).sort()).toEqual(before);
  await expect(
    convertScene({ scene: stems, out: join(folder, 'kept.wav'), dryRun: true }),
  ).rejects.toMatchObject({ code: 'output-exists' });
});

test('a Dolby Atmos master of 44.1 kHz is refused with a way out', async () => {
  const scene = writeVoice('slow', { sampleRateHz: 44_100 });
  const out = join(folder, 'slow.wav');
  const refused = await convertScene({ scene, out }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'adm-sample-rate', hint: expect.stringContaining('adm-itu') });
  expect(existsSync(out)).toBe(false);
  await convertScene({ scene, out, to: 'adm-itu' });
  expect((await sceneAndAudio(out)).audio).toEqual((await sceneAndAudio(scene)).audio);
});

test('stems keep 32-bit float, and what a converted rate gave', async () => {
  const float = writeVoice('float', { float: true });
  const out = join(folder, 'float out', 'float.scene.json');
  expect((await convertScene({ scene: float, out })).losses).toEqual([]);
  expect((await sceneAndAudio(out)).audio).toEqual((await sceneAndAudio(float)).audio);
  writeVoice('mixed', { sampleRateHz: 44_100 });
  copyFileSync(join(folder, 'drum.wav'), join(folder, 'mixed', 'drum.wav'));
  copyFileSync(join(folder, 'drum.wav'), join(folder, 'mixed', 'drum 2.wav'));
  const position = { azimuthDeg: 0 };
  const scene = writeScene(join(folder, 'mixed'), 'mixed', {
    objects: ['drum', 'drum 2', 'voice'].map((name) => ({ name, file: `${name}.wav`, position })),
  });
  const converted = join(folder, 'mixed out', 'mixed.scene.json');
  expect((await convertScene({ scene, out: converted })).losses).toEqual([]);
  expect((await sceneAndAudio(converted)).audio).toEqual((await sceneAndAudio(scene)).audio);
  const rounded = await convertScene({ scene, out: join(folder, 'mixed.wav') });
  expect(rounded.losses.map(({ code, file }) => [code, file?.endsWith('voice.wav')])).toEqual([
    ['convert-depth', true],
  ]);
});

test('clips, stems of other lengths, silence and starts in between come out in their places', async () => {
  const home = join(folder, 'clips');
  mkdirSync(home);
  const samples = noise(4000, 3, 0.5);
  writeWav(join(home, 'short.wav'), [(frame) => samples[frame]!], 1000);
  writeWav(join(home, 'long.wav'), [(frame) => samples[frame]!, (frame) => -samples[frame]!], 4000);
  writeWav(join(home, 'silent.wav'), [() => 0], 500);
  const position = { azimuthDeg: 0 };
  const scene = writeScene(home, 'clips', {
    beds: [{ name: 'b', layout: '2.0', file: 'long.wav', startSec: 0.0625 }],
    objects: [
      { name: 'clip', file: 'short.wav', startSec: '1/7', position },
      { name: 'silent', file: 'silent.wav', position },
    ],
  });
  for (const name of ['clips.scene.json', 'clips.wav']) {
    const out = join(folder, 'clips out', name);
    await convertScene({ scene, out });
    const [before, after] = [await sceneAndAudio(scene), await sceneAndAudio(out)];
    expect(after.audio).toEqual(before.audio);
    if (name.endsWith('json')) expect(sceneDifferences(before.scene, after.scene)).toEqual([]);
  }
});

test('nothing is written over what the scene is read from, under whatever name', async () => {
  const home = join(folder, 'voice.stems');
  mkdirSync(home);
  copyFileSync(join(folder, 'drum.wav'), join(home, 'drum.wav'));
  const objects = [{ name: 'drum', file: 'voice.stems/drum.wav', position: { azimuthDeg: 0 } }];
  const scene = writeScene(folder, 'source', { objects });
  const before = readFileSync(join(home, 'drum.wav'));
  symlinkSync(folder, join(folder, 'alias'));
  const outs = [
    scene,
    join(folder, 'alias', 'source.scene.json'),
    join(home, 'drum.wav'),
    // Its stem would be the one that is read.
    join(folder, 'voice.scene.json'),
  ];
  for (const out of outs) {
    await expect(convertScene({ scene, out, overwrite: true })).rejects.toMatchObject({
      code: 'output-is-input',
    });
  }
  expect(readFileSync(join(home, 'drum.wav')).equals(before)).toBe(true);
});

test('a stereo master is left where it is, and said so', async () => {
  const scene = writeVoice('stereo', {}, { stereoMaster: 'voice.wav' });
  const { losses } = await convertScene({ scene, out: join(folder, 'stereo out', 'a.scene.json') });
  expect(losses.map(({ code }) => code)).toEqual(['convert-stereo-master']);
});

test('a full disk: said so, and nothing is left behind', async (context) => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  } catch {
    return context.skip('a small file system cannot be mounted here');
  }
  try {
    for (const name of ['full.scene.json', 'full.wav', 'deep/full.scene.json']) {
      await expect(convertScene({ scene: stems, out: join(disk, name) })).rejects.toMatchObject({
        code: 'disk-full',
      });
      expect(readdirSync(disk)).toEqual([]);
    }
  } finally {
    run('umount', [disk]);
  }
});

test('a conversion that is stopped half-way leaves nothing', async () => {
  const out = join(folder, 'half', 'half.scene.json');
  // It is asked before every block.
  let asked = 0;
  const signal = {
    get aborted() {
      return asked++ > 5;
    },
  } as AbortSignal;
  const stopped = convertScene({ scene: stems, out, blockFrames: 1000, signal });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  expect(existsSync(join(folder, 'half'))).toBe(false);
});
