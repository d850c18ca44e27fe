import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInputFile } from '../../../src/io/input-file.ts';
import { isWave, readRiffChunks, type RiffFile } from '../../../src/io/wav/riff-chunks.ts';
import { chunk, ds64, fmt, int16, riff } from './wav-bytes.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-riff-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function scan(bytes: Uint8Array): Promise<RiffFile> {
  const file = join(dir, 'a.wav');
  writeFileSync(file, bytes);
  const input = await openInputFile(file);
  try {
    return await readRiffChunks(input, (warning) => expect.fail(warning.message));
  } finally {
    await input.close();
  }
}

const fmtChunk = chunk('fmt ', fmt({}));
const dataChunk = chunk('data', int16(1, 2));

test('isWave knows the three forms by their first 12 bytes', () => {
  for (const id of ['RIFF', 'RF64', 'BW64']) expect(isWave(riff([], id))).toBe(true);
  for (const id of ['RIFX', 'FORM', '']) expect(isWave(riff([], id))).toBe(false);
  expect(isWave(new Uint8Array(0))).toBe(false);
});

describe('sizes', () => {
  test('the table of ds64 gives those of other chunks', async () => {
    const entry = Buffer.alloc(12);
    entry.write('axml');
    entry.writeBigUInt64LE(4n, 4);
    const sizes = ds64(0, 4, 2);
    sizes.writeUInt32LE(1, 24);
    const axml = chunk('axml', Buffer.from('<a/>'), { size: 0xffffffff });
    const long = riff([chunk('ds64', Buffer.concat([sizes, entry])), fmtChunk, axml, dataChunk], 'BW64');
    const { chunks } = await scan(long);
    expect(chunks.find(({ id }) => id === 'axml')).toMatchObject({ sizeBytes: 4 });
  });

  test('a 32-bit size counts where it is not 0xFFFFFFFF', async () => {
    const long = riff([chunk('ds64', ds64(0, 999, 9)), fmtChunk, dataChunk], 'RF64');
    expect((await scan(long)).data.sizeBytes).toBe(4);
  });

  test.each([
    ['too short', Buffer.alloc(8)],
    [
      'a table longer than the chunk',
      Buffer.concat([ds64(0, 4, 2).subarray(0, 24), Buffer.from([9, 0, 0, 0])]),
    ],
    [
      'a size beyond all disks',
      (() => {
        const sizes = ds64(0, 0, 0);
        sizes.writeBigUInt64LE(2n ** 60n, 8);
        return sizes;
      })(),
    ],
  ])('ds64: %s', async (_, payload) => {
    const long = riff([chunk('ds64', payload), fmtChunk, dataChunk], 'RF64');
    await expect(scan(long)).rejects.toMatchObject({ code: 'wav-ds64', chunk: 'ds64' });
  });

  test('a chunk behind the audio that is cut off is told', async () => {
    const bytes = riff([fmtChunk, dataChunk, chunk('axml', Buffer.alloc(100))]);
    await expect(scan(bytes.subarray(0, bytes.length - 40))).rejects.toMatchObject({
      code: 'wav-truncated',
      chunk: 'axml',
      message: expect.stringContaining('60 bytes found, 100 expected'),
    });
  });

  test('a header that is cut off is told', async () => {
    const bytes = riff([fmtChunk, dataChunk]);
    await expect(scan(bytes.subarray(0, 40))).rejects.toMatchObject({
      code: 'wav-truncated',
      byteOffset: 36,
    });
  });

  test('a wrong size shows as a chunk with an impossible name', async () => {
    const bytes = riff([chunk('fmt ', fmt({}), { size: 18 }), dataChunk]);
    await expect(scan(bytes)).rejects.toMatchObject({
      code: 'wav-chunk',
      message: expect.stringContaining('"fmt "'),
    });
  });

  test('thousands of empty chunks are refused', async () => {
    const bytes = riff(Array.from({ length: 5000 }, () => chunk('none', new Uint8Array(0))));
    await expect(scan(bytes)).rejects.toMatchObject({ code: 'wav-chunk' });
  });
});
