import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCafChunks } from '../../../src/io/caf/caf-chunks.ts';
import { openInputFile } from '../../../src/io/input-file.ts';
import { caf, cafChunk, cafData, desc } from './caf-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-caf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(bytes: Uint8Array) {
  const file = join(folder, 'a.caf');
  writeFileSync(file, bytes);
  const input = await openInputFile(file);
  try {
    return await readCafChunks(input);
  } finally {
    await input.close();
  }
}

const samples = Buffer.alloc(12, 1);
const start = [cafChunk('desc', desc()), cafChunk('data', cafData(samples))] as const;

test('all chunks with their places; a size of -1 reaches to the end', async () => {
  const free = cafChunk('free', Buffer.alloc(3));
  expect(await read(caf(start[0], free, start[1], cafChunk('info', Buffer.alloc(5))))).toEqual([
    { id: 'desc', byteOffset: 20, sizeBytes: 32 },
    { id: 'free', byteOffset: 64, sizeBytes: 3 },
    { id: 'data', byteOffset: 79, sizeBytes: 16 },
    { id: 'info', byteOffset: 107, sizeBytes: 5 },
  ]);
  const open = await read(caf(start[0], cafChunk('data', cafData(samples), -1)));
  expect(open[1]).toEqual({ id: 'data', byteOffset: 64, sizeBytes: 16 });
});

test('whatever is left behind the audio is no reason to refuse it', async () => {
  expect(await read(caf(...start, Buffer.from('xyz')))).toHaveLength(2);
  expect(await read(caf(...start, cafChunk('info', Buffer.alloc(5), 500)))).toHaveLength(2);
});

test.each([
  ['caf-truncated', Buffer.from('caff'), 0, undefined],
  ['caf-header', Buffer.from('cafe\0\x01\0\0'), 0, undefined],
  ['caf-header', Buffer.from('caff\0\x02\0\0'), 4, undefined],
  ['caf-desc-missing', caf(), 8, 'desc'],
  ['caf-desc-missing', caf(start[1]), 36, 'desc'],
  ['caf-data-missing', caf(start[0]), 52, 'data'],
  ['caf-truncated', caf(start[0], Buffer.from('data')), 52, undefined],
  ['caf-truncated', caf(start[0], cafChunk('data', samples, 13)), 64, 'data'],
  ['caf-chunk', caf(cafChunk('desc', desc(), -1)), 8, 'desc'],
  ['caf-chunk', caf(cafChunk('data', samples, -2)), 8, 'data'],
] as const)('%s', async (code, bytes, byteOffset, chunk) => {
  await expect(read(bytes)).rejects.toMatchObject({ name: 'FormatError', code, byteOffset, chunk });
});

test('a file of nothing but empty chunks ends', async () => {
  const bytes = caf(...Array<Buffer>(5000).fill(cafChunk('free', Buffer.alloc(0))));
  await expect(read(bytes)).rejects.toMatchObject({ code: 'caf-chunk' });
});
