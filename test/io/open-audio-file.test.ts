import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAudioFile, readableFormats } from '../../src/io/open-audio-file.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { requireTool } from '../support.ts';
import { encodeTones } from './decode/encode.ts';
import { chunk, fmt, int16, riff } from './wav/wav-bytes.ts';

const kernels = createScalarKernels();
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-open-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const save = (bytes: string | Uint8Array, name = 'file.wav'): string => {
  const file = join(dir, name);
  writeFileSync(file, bytes);
  return file;
};

test('a WAV file is known by its content, whatever its name', async () => {
  const file = save(riff([chunk('fmt ', fmt({})), chunk('data', int16(1, 2))]), 'stem.mp3');
  const reader = await openAudioFile(file, { kernels });
  expect([reader.container, reader.frameCount]).toEqual(['WAV', 2]);
  await reader.close();
});

test.for([
  ['flac', 'FLAC'],
  ['flac.ogg', 'Ogg FLAC'],
  ['ogg', 'Ogg Vorbis'],
  ['opus', 'Ogg Opus'],
  ['mp3', 'MP3'],
  ['plain.mp3', 'MP3'],
  ['aac', 'AAC'],
  ['m4a', 'MP4'],
  ['aiff', 'AIFF'],
  ['caf', 'CAF'],
  ['wv', 'WavPack'],
] as const)('%s is %s', async ([extension, container], context) => {
  requireTool(context, 'ffmpeg');
  const reader = await openAudioFile(encodeTones(dir, 2, extension), { kernels });
  await reader.close();
  expect(reader.container).toBe(container);
  expect(readableFormats).toContain(container);
});

test('an unknown file: what it begins with and what is read', async () => {
  await expect(openAudioFile(save('%PDF-1.7 and so on'), { kernels })).rejects.toMatchObject({
    name: 'FormatError',
    code: 'unknown-format',
    message: expect.stringContaining('255044462d312e37 ("%PDF")'),
    hint: expect.stringMatching(/WAV.*FLAC.*CAF/),
  });
});

test('an empty file, a missing one and a folder', async () => {
  await expect(openAudioFile(save(''), { kernels })).rejects.toThrow(/the file is empty/);
  await expect(openAudioFile(join(dir, 'no.wav'), { kernels })).rejects.toMatchObject({
    code: 'file-missing',
  });
  await expect(openAudioFile(dir, { kernels })).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('Wave64 and RIFX are named', async () => {
  const wave64 = Buffer.from('726966662e91cf11a5d628db04c10000', 'hex');
  await expect(openAudioFile(save(wave64), { kernels })).rejects.toThrow(/Wave64/);
  await expect(openAudioFile(save('RIFX....WAVE'), { kernels })).rejects.toThrow(/RIFX/);
});
