import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { AtomicFile } from '../../../src/io/atomic-file.ts';
import { openWavFile } from '../../../src/io/wav/wav-reader.ts';
import { createWavWriterOn, type WavContainer } from '../../../src/io/wav/wav-writer.ts';
import type { Kernels } from '../../../src/kernels/kernels.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { requireTool, run } from '../../support.ts';

const kernels = createScalarKernels();
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-large-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A target that leaves holes where only zeros are written, so that gigabytes of silence take no room. */
async function createSparseFile(file: string): Promise<AtomicFile> {
  const temporary = `${file}.part`;
  const handle = await open(temporary, 'w');
  return {
    file,
    async write(bytes, position) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const isSilent =
        buffer.length > 1 &&
        buffer[0] === 0 &&
        buffer.compare(buffer, 1, undefined, 0, buffer.length - 1) === 0;
      if (!isSilent) await handle.write(buffer, 0, buffer.length, position);
    },
    async finish() {
      await handle.close();
      await rename(temporary, file);
    },
    abort: async () => {
      await handle.close();
      rmSync(temporary);
    },
  };
}

/** Zeros need no conversion: a block of silence is skipped, so that the test does not encode gigabytes. */
const quickOnSilence: Kernels = {
  ...kernels,
  encodePcm: (format, inputs, frameCount, bytes) => {
    if (inputs[0]![0] === 0) bytes.fill(0, 0, frameCount * inputs.length * 4);
    else kernels.encodePcm(format, inputs, frameCount, bytes);
  },
};

const blockFrames = 512;
const channelCount = 128;
/** 128 channels of float: 512 bytes a frame, 16 385 blocks are just above 4 GiB. */
const blockCount = 16_385;

async function writeLarge(file: string, container: WavContainer): Promise<void> {
  const writer = createWavWriterOn(await createSparseFile(file), {
    kernels: quickOnSilence,
    sampleRateHz: 96000,
    channelCount,
    sampleFormat: 'float32',
    container,
  });
  const silence = createAudioBlock(channelCount, blockFrames);
  const marked = createAudioBlock(channelCount, blockFrames);
  marked.channels.forEach((channel, index) => channel.fill((index + 1) / 256));
  for (let block = 0; block < blockCount - 1; block++) await writer.write(silence);
  await writer.write(marked);
  await writer.finish();
}

test.each([
  ['auto', 'RF64'],
  ['bw64', 'BW64'],
] as const)('above 4 GiB %s is %s; the last block is found again', async (container, expected) => {
  const file = join(dir, `${container}.wav`);
  await writeLarge(file, container);
  expect(statSync(file).size).toBeGreaterThan(2 ** 32);
  const reader = await openWavFile(file, { kernels });
  expect([reader.container, reader.frameCount]).toEqual([expected, blockCount * blockFrames]);
  reader.seek((blockCount - 1) * blockFrames);
  const block = createAudioBlock(channelCount, blockFrames);
  expect(await reader.read(block)).toBe(blockFrames);
  block.channels.forEach((channel, index) => expect(channel[blockFrames - 1]).toBe((index + 1) / 256));
  expect(await reader.read(block)).toBe(0);
  await reader.close();
});

test('ffprobe sees the whole length of RF64', async (context) => {
  requireTool(context, 'ffprobe');
  const file = join(dir, 'auto.wav');
  const { stdout } = run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=channels,duration_ts',
    '-of',
    'csv=p=0',
    file,
  ]);
  expect(stdout.trim()).toBe(`${channelCount},${blockCount * blockFrames}`);
});

test('plain WAV refuses to grow above 4 GiB', async () => {
  await expect(writeLarge(join(dir, 'plain.wav'), 'wav')).rejects.toMatchObject({ code: 'wav-too-big' });
});
