import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { cubeToPolar } from '../../src/base/cube-coordinates.ts';
import type { Warning } from '../../src/base/errors.ts';
import { rationalToSec } from '../../src/base/time.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { convertFormats, convertScene } from '../../src/job/convert-scene.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { unstatedModes } from '../../src/scene/make-scene.ts';
import type { AudioObject, ObjectBlock, Scene } from '../../src/scene/scene.ts';
import { realDbmd, realMaster } from '../io/adm/real-masters.ts';
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
  expect(convertFormats).toEqual(['adm-dolby', 'adm-itu']);
});
