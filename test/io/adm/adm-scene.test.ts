import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { isAdmFile, openAdmScene } from '../../../src/io/adm/adm-scene.ts';
import { openAudioFile } from '../../../src/io/open-audio-file.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import type { AudioObject } from '../../../src/scene/scene.ts';
import { requireTestData } from '../../support.ts';
import { blockOf, entryOf, objectOf, objectPack, polar, programmeOf } from './adm-bytes.ts';
import { openAdm, withReader } from './open-adm.ts';
import { realMaster } from './real-masters.ts';

const kernels = createScalarKernels();

/** Bit by bit; a comparison of long arrays element by element takes seconds. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

test('real masters: two objects where they are said to be, and the audio of the file bit by bit', async (context) => {
  for (const index of [0, 1, 2]) {
    const file = realMaster(context, index);
    const reader = await openAudioFile(file, { kernels });
    expect(isAdmFile(reader)).toBe(true);
    const raw = createAudioBlock(2, reader.frameCount);
    await reader.read(raw);
    await reader.close();
    const warnings: string[] = [];
    await withReader(
      file,
      async (scene) => {
        expect(scene).toMatchObject({ channelCount: 2, frameCount: 240_000, sampleRateHz: 48_000 });
        const [first, second] = scene.scene.elements as readonly AudioObject[];
        expect(first!.blocks).toHaveLength(1);
        expect(first!.blocks[0]!.position).toEqual({ kind: 'cartesian', xyz: [-1, 0.2257999778, 0] });
        expect(second!.blocks[0]!.position).toEqual({ kind: 'cartesian', xyz: [1, -0.2258000374, 1] });
        expect(scene.scene.elements.map(({ name, binauralMode }) => [name, binauralMode])).toEqual([
          ['Atmos_Obj_1', index === 2 ? 'off' : undefined],
          ['Atmos_Obj_2', index === 2 ? 'off' : undefined],
        ]);
        const block = createAudioBlock(2, scene.frameCount);
        await scene.read(block);
        block.channels.forEach((samples, track) =>
          expect(bytesOf(samples).equals(bytesOf(raw.channels[track]!))).toBe(true),
        );
      },
      { warnings },
    );
    expect(warnings).toEqual([]);
  }
});

test('tracks by chna, in any order; a UID of silence is silent; beds only sound while their object lasts', async () => {
  const { audio, scene } = await openAdm({
    content:
      programmeOf('AO_1001', 'AO_1002') +
      objectOf('AO_1001', 'AP_00010003', [3, 0], '', 'start="00:00:00.001" duration="00:00:00.004"') +
      objectOf('AO_1002', 'AP_00031001', [1]) +
      objectPack('1001', blockOf(polar(30))),
    chna: [
      { ...entryOf(3, 'AC_00031001', 'AP_00031001'), uid: 'ATU_00000001' },
      { ...entryOf(1, 'AC_00010003', 'AP_00010003'), uid: 'ATU_00000003' },
    ],
    channelCount: 3,
    frameCount: 480,
  });
  expect(scene.elements.map(({ kind }) => kind)).toEqual(['bed', 'object']);
  const centre = audio[2]!;
  expect([centre[47], centre[48], centre[239], centre[240]]).toEqual([0, 1 / 128, 1 / 128, 0]);
  for (const silent of [0, 1, 3, 4, 5]) expect(audio[silent]!.every((sample) => sample === 0)).toBe(true);
  expect(new Set(audio[6])).toEqual(new Set([3 / 128]));
});

test('reading in pieces and after seeking gives what reading at once gives', async (context) => {
  const file = requireTestData(context, 'golden', 'bwf', 'mixed_v2.wav');
  await withReader(file, async (reader) => {
    const whole = createAudioBlock(reader.channelCount, reader.frameCount);
    await reader.read(whole);
    reader.seek(12_345);
    const piece = createAudioBlock(reader.channelCount, 1000);
    expect(await reader.read(piece)).toBe(1000);
    piece.channels.forEach((samples, track) =>
      expect(bytesOf(samples).equals(bytesOf(whole.channels[track]!.slice(12_345, 13_345)))).toBe(true),
    );
    reader.seek(reader.frameCount);
    expect(await reader.read(piece)).toBe(0);
  });
});

test('programmes, language and screen', async () => {
  const content =
    programmeOf('AO_1001').replace(
      'audioProgrammeName="prog"',
      'audioProgrammeName="prog" audioProgrammeLanguage="de"',
    ) +
    objectOf('AO_1001', 'AP_00031001', [1]) +
    objectPack('1001', blockOf(polar(30)));
  const { scene } = await openAdm({
    content,
    chna: [entryOf(1, 'AC_00031001', 'AP_00031001')],
    channelCount: 1,
  });
  expect(scene).toMatchObject({ name: 'mix', programme: { name: 'prog', language: 'de' } });
});

test('a programme that plays nothing is an error; a broken document closes the file', async () => {
  const chna = [entryOf(1, 'AC_00031001', 'AP_00031001')];
  await expect(
    openAdm({ content: programmeOf() + objectOf('AO_1001', 'AP_00031001', [1]), chna, channelCount: 1 }),
  ).rejects.toMatchObject({
    code: 'adm-empty',
  });
  await expect(openAdm({ content: '<a', chna, channelCount: 1 })).rejects.toMatchObject({
    code: 'xml-syntax',
  });
});

test('chunks in any order; of several of one kind the first counts, and that is said', async () => {
  const parts = {
    content:
      programmeOf('AO_1001') +
      objectOf('AO_1001', 'AP_00031001', [1]) +
      objectPack('1001', blockOf(polar(30))),
    chna: [entryOf(1, 'AC_00031001', 'AP_00031001')],
    channelCount: 1,
  };
  const wanted = await openAdm(parts);
  expect(wanted.warnings).toEqual([]);
  for (const order of [
    ['fmt ', 'axml', 'chna', 'data'],
    ['chna', 'axml', 'fmt ', 'data'],
    ['fmt ', 'axml', 'data', 'chna'],
    ['data', 'chna', 'axml', 'fmt '],
  ])
    expect(await openAdm({ ...parts, order })).toEqual(wanted);
  const twice = await openAdm({ ...parts, order: ['fmt ', 'axml', 'data', 'axml', 'chna'] });
  expect(twice).toEqual({ ...wanted, warnings: ['adm-chunk-repeated'] });
});

test('without chna a file is plain audio, with a word if its axml describes audio', async () => {
  const parts = { content: '', chna: [], channelCount: 2, order: ['fmt ', 'data', 'axml'] };
  const { scene, warnings } = await openAdm(parts);
  expect(scene.elements).toMatchObject([{ kind: 'bed', layout: '0+2+0' }]);
  expect(warnings).toEqual(['adm-chna-missing']);
});

/** What becomes of the edge files: the number of tracks, or the code of the error. */
const edgeFiles: Readonly<Record<string, number | string>> = {
  '24bit_missing_padding.wav': 1,
  'ear_test_bwf.wav': 5,
  'empty_extradata.wav': 1,
  'fmt_padding.wav': 1,
  'noise_24bit_uneven_data_chunk_size.wav': 1,
  'pcm_extradata.wav': 1,
  'rect_16bit.wav': 2,
  'rect_24bit.wav': 2,
  'rect_24bit_bext.wav': 2,
  'rect_24bit_nods64.wav': 2,
  'rect_24bit_noriff.wav': 'unknown-format',
  'rect_24bit_nowave.wav': 'unknown-format',
  'rect_24bit_rf64.wav': 2,
  'rect_24bit_wrong_fmt_size.wav': 'wav-chunk',
  'rect_32bit.wav': 2,
};

test('edge files of BW64 are read, or refused with the right message', async (context) => {
  expect(readdirSync(requireTestData(context, 'data', 'bw64')).sort()).toEqual(Object.keys(edgeFiles));
  for (const [name, wanted] of Object.entries(edgeFiles)) {
    const file = requireTestData(context, 'data', 'bw64', name);
    const opened = withReader(file, async (reader) => {
      const block = createAudioBlock(reader.channelCount, reader.frameCount);
      expect(await reader.read(block), name).toBe(reader.frameCount);
      return reader.channelCount;
    });
    if (typeof wanted === 'number') expect(await opened, name).toBe(wanted);
    else await expect(opened, name).rejects.toMatchObject({ code: wanted });
  }
});

test('a plain file is no ADM file', async (context) => {
  const reader = await openAudioFile(requireTestData(context, 'data', 'bw64', 'rect_16bit.wav'), { kernels });
  expect(isAdmFile(reader)).toBe(false);
  await reader.close();
});

test('a programme by name or not at all', async (context) => {
  const reader = await openAudioFile(realMaster(context, 0), { kernels });
  if (!isAdmFile(reader)) throw new Error('an ADM file was expected');
  await expect(openAdmScene(reader, { programme: 'APR_1009' })).rejects.toMatchObject({
    code: 'adm-programme',
  });
  const scene = await openAdmScene(reader, { programme: 'Atmos_Master' });
  expect(scene.scene.programme.name).toBe('Atmos_Master');
  await scene.close();
});

test('a layout that is stated for an ADM file is not used, and that is said', async (context) => {
  const warnings: string[] = [];
  const reader = await openScene(realMaster(context, 0), {
    kernels,
    layout: getLayout('0+2+0'),
    onWarning: ({ code }) => warnings.push(code),
  });
  expect(reader.scene.elements.map(({ kind }) => kind)).toEqual(['object', 'object']);
  expect(warnings).toEqual(['layout-unused']);
  await reader.close();
});
