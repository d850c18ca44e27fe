import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { FormatError, Warning } from '../../../src/base/errors.ts';
import { isLinearCaf, openCafFile } from '../../../src/io/caf/caf-reader.ts';
import { openAudioFile } from '../../../src/io/open-audio-file.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { requireTool, run } from '../../support.ts';
import { encodeTones, toneFrames } from '../decode/encode.ts';
import { readWhole } from '../wav/read-whole.ts';
import { caf, cafChunk, cafData, chan, desc, type DescValues } from './caf-bytes.ts';

const kernels = await loadKernels();
const folder = mkdtempSync(join(tmpdir(), 'periphon-caf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

function save(bytes: Uint8Array, name = `file ${count++}.caf`): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function open(bytes: Uint8Array) {
  const warnings: string[] = [];
  const onWarning = ({ code }: Warning): void => void warnings.push(code);
  const reader = await openCafFile(save(bytes), { kernels, onWarning });
  try {
    return { reader, channels: await readWhole(reader, 333), warnings };
  } finally {
    await reader.close();
  }
}

test.for([
  ['pcm_s16be', 'int16', 16],
  ['pcm_s16le', 'int16', 16],
  ['pcm_s24be', 'int24', 24],
  ['pcm_s24le', 'int24', 24],
  ['pcm_s32be', 'int32', 32],
  ['pcm_s32le', 'int32', 32],
  ['pcm_f32be', 'float32', 32],
  ['pcm_f32le', 'float32', 32],
  ['pcm_f64be', 'float64', 64],
  ['pcm_f64le', 'float64', 64],
  ['pcm_s8', 'uint8', 8],
] as const)('%s of ffmpeg, as ffmpeg reads it', async ([codec, sampleFormat, bitDepth], context) => {
  requireTool(context, 'ffmpeg');
  const source = encodeTones(folder, 3, 'caf');
  const file = join(folder, `${codec}.caf`);
  run('ffmpeg', ['-v', 'error', '-y', '-i', source, '-c:a', codec, file]);
  const reader = await openAudioFile(file, { kernels });
  expect(reader).toMatchObject({ container: 'CAF', sampleFormat, bitDepth, channelCount: 3 });
  const channels = await readWhole(reader);
  await reader.close();
  const raw = join(folder, 'raw.f32');
  run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-f', 'f32le', raw]);
  const bytes = readFileSync(raw);
  const interleaved = (own: readonly Float32Array[]): Buffer =>
    Buffer.from(
      Float32Array.from({ length: 3 * toneFrames }, (_, index) => own[index % 3]![Math.floor(index / 3)]!)
        .buffer,
    );
  expect(interleaved(channels).equals(bytes)).toBe(true);
});

const samples = Buffer.from('000001800000ffffff7fffff', 'hex');
const fileOf = (values: DescValues = {}, data = samples, editCount = 0): Buffer =>
  caf(cafChunk('desc', desc(values)), cafChunk('data', cafData(data, editCount)));

test('samples behind the edit count, which is told', async () => {
  const { reader, channels } = await open(fileOf({}, samples, 7));
  expect(reader).toMatchObject({ frameCount: 2, editCount: 7, channelLabels: undefined });
  expect(channels.map((channel) => [...channel].map((sample) => sample * 2 ** 23))).toEqual([
    [1, -1],
    [-(2 ** 23), 2 ** 23 - 1],
  ]);
});

test('data of size -1 reaches to the end; an incomplete last frame is left out with a warning', async () => {
  const bytes = caf(cafChunk('desc', desc()), cafChunk('data', cafData(samples.subarray(0, 11)), -1));
  const { reader, warnings } = await open(bytes);
  expect(reader.frameCount).toBe(1);
  expect(warnings).toEqual(['caf-partial-frame']);
});

test('labels come from chan, and a scene of ambisonics from its tag', async () => {
  const six = fileOf({ channels: 6 }, Buffer.alloc(18));
  const withChan = (bytes: Buffer, tag: number) => Buffer.concat([bytes, cafChunk('chan', chan(tag))]);
  const { reader } = await open(withChan(six, (121 << 16) | 6));
  expect(reader.channelLabels).toEqual(['M+030', 'M-030', 'M+000', 'LFE1', 'M+110', 'M-110']);
  const warnings: string[] = [];
  const scene = await openScene(save(withChan(fileOf({ channels: 4 }, Buffer.alloc(12)), (191 << 16) | 4)), {
    kernels,
    onWarning: ({ code }) => void warnings.push(code),
  });
  expect(scene.scene.elements).toMatchObject([{ kind: 'ambisonic', order: 1, normalization: 'N3D' }]);
  expect(warnings).toEqual([]);
  await scene.close();
});

test('a file cut off anywhere is refused with the place, or read as far as it says', async () => {
  const whole = fileOf();
  for (let length = 4; length < whole.length; length++) {
    const error = await openAudioFile(save(whole.subarray(0, length), 'cut.caf'), { kernels }).then(
      () => undefined,
      (reason: FormatError) => reason,
    );
    expect(error).toMatchObject({ name: 'FormatError', file: expect.stringContaining('cut.caf') });
    expect(error!.code).toMatch(/^caf-/);
    expect(error!.byteOffset).toBeTypeOf('number');
  }
});

test('data without an edit count, and samples that are no numbers', async () => {
  const empty = caf(cafChunk('desc', desc()), cafChunk('data', Buffer.alloc(3)));
  await expect(open(empty)).rejects.toMatchObject({ code: 'caf-truncated', chunk: 'data', byteOffset: 64 });
  const nan = Buffer.from('7fc000003f800000', 'hex');
  await expect(open(fileOf({ bits: 32, flags: 1 }, nan))).rejects.toMatchObject({ code: 'not-finite' });
});

test('compressed CAF is left to the decoders', () => {
  const head = (codec: string) => caf(cafChunk('desc', desc({ codec })));
  expect([isLinearCaf(head('lpcm')), isLinearCaf(head('alac')), isLinearCaf(Buffer.from('RIFF'))]).toEqual([
    true,
    false,
    false,
  ]);
});
