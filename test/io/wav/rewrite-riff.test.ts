import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openInputFile, type InputFile } from '../../../src/io/input-file.ts';
import { planRiffRewrite, sizeOfPieces, type RiffPiece } from '../../../src/io/wav/rewrite-riff.ts';
import { readRiffChunks } from '../../../src/io/wav/riff-chunks.ts';
import { chunk, fmt, riff } from './wav-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-rewrite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = (): void => undefined;

/** The bytes that a plan stands for. */
async function bytesOf(input: InputFile, pieces: readonly RiffPiece[]): Promise<Buffer> {
  const parts = pieces.map((piece) =>
    'bytes' in piece ? piece.bytes : input.readBytes(piece.byteOffset, piece.sizeBytes),
  );
  return Buffer.concat(await Promise.all(parts));
}

/** Rewrites a file with new payloads by chunk id; those of ids that it has not are added. */
async function rewrite(bytes: Buffer, payloads: Record<string, Uint8Array> = {}): Promise<Buffer> {
  const file = join(folder, 'in.wav');
  writeFileSync(file, bytes);
  const input = await openInputFile(file);
  const form = await readRiffChunks(input, quiet);
  const found = form.chunks.filter(({ id }) => payloads[id]);
  const edit = {
    replaced: new Map(found.map((old) => [old, payloads[old.id]!])),
    added: Object.entries(payloads)
      .filter(([id]) => !found.some((old) => old.id === id))
      .map(([id, payload]) => ({ id, bytes: payload })),
  };
  const pieces = await planRiffRewrite(input, form, edit);
  const result = await bytesOf(input, pieces);
  expect(result.length).toBe(sizeOfPieces(pieces));
  await input.close();
  return result;
}

const audio = Buffer.from(Array.from({ length: 30 }, (_, index) => index * 7));
const format = chunk('fmt ', fmt({ channelCount: 1 }));
const text = (value: string): Buffer => Buffer.from(value);

describe('what is not edited stays byte by byte', () => {
  test('odd chunks, chunks before and behind the audio, fillers, bytes behind the form', async () => {
    const odd = chunk('bext', text('abc'));
    // A pad byte should be zero; one that is not stays as it is.
    odd[odd.length - 1] = 7;
    const body = [
      chunk('JUNK', Buffer.alloc(64, 5)),
      odd,
      format,
      chunk('data', audio),
      chunk('iXML', text('<a/>x')),
      chunk('dbmd', text('old')),
      chunk('what', text('')),
    ];
    const bytes = Buffer.concat([riff(body), text('\0\0tail')]);
    expect(await rewrite(bytes)).toEqual(bytes);
    for (const payload of ['a', 'four', 'much longer than before']) {
      const expected = Buffer.concat([
        riff([...body.slice(0, 5), chunk('dbmd', text(payload)), ...body.slice(6)]),
        text('\0\0tail'),
      ]);
      expect(await rewrite(bytes, { dbmd: text(payload) })).toEqual(expected);
    }
  });

  test('a chunk that is added comes last', async () => {
    const bytes = riff([format, chunk('data', audio), chunk('axml', text('<a/>'))]);
    const expected = riff([
      format,
      chunk('data', audio),
      chunk('axml', text('<a/>')),
      chunk('dbmd', text('new')),
    ]);
    expect(await rewrite(bytes, { dbmd: text('new') })).toEqual(expected);
  });
});

describe('what is wrong is made right', () => {
  test('a pad byte that is missing, between chunks and at the end', async () => {
    const bare = [format, chunk('data', audio.subarray(0, 29), { pad: false })];
    const padded = [format, chunk('data', audio.subarray(0, 29))];
    expect(await rewrite(riff(bare))).toEqual(riff(padded));
    const [axmlBare, axml] = [chunk('axml', text('<a/>x'), { pad: false }), chunk('axml', text('<a/>x'))];
    expect(await rewrite(riff([...bare, axmlBare]))).toEqual(riff([...padded, axml]));
  });

  test('a stream that was never completed', async () => {
    for (const size of [0, 0xffffffff]) {
      const stream = riff([format, chunk('data', audio, { size })], 'RIFF', size);
      expect(await rewrite(stream)).toEqual(riff([format, chunk('data', audio)]));
    }
  });
});

/** A `ds64` payload with a table. */
function ds64(formBytes: number, dataBytes: number, table: Record<string, number> = {}): Buffer {
  const bytes = Buffer.alloc(28 + 12 * Object.keys(table).length);
  bytes.writeBigUInt64LE(BigInt(formBytes), 0);
  bytes.writeBigUInt64LE(BigInt(dataBytes), 8);
  bytes.writeBigUInt64LE(15n, 16);
  bytes.writeUInt32LE(Object.keys(table).length, 24);
  for (const [index, [id, size]] of Object.entries(table).entries()) {
    bytes.write(id, 28 + 12 * index, 'latin1');
    bytes.writeBigUInt64LE(BigInt(size), 32 + 12 * index);
  }
  return bytes;
}

describe('64-bit forms', () => {
  const big = (id: string, axml: string, table: boolean): Buffer => {
    const size = 0xffffffff;
    const parts = (formBytes: number): Buffer[] => [
      chunk('ds64', ds64(formBytes, audio.length, table ? { axml: axml.length } : {})),
      format,
      chunk('data', audio, { size }),
      chunk('axml', text(axml), table ? { size } : {}),
    ];
    const formBytes = riff(parts(0)).length - 8;
    return riff(parts(formBytes), id, size);
  };

  test('RF64 and BW64 stay what they are; ds64 has the new size of the form, and of listed chunks', async () => {
    for (const id of ['RF64', 'BW64']) {
      for (const table of [false, true]) {
        const bytes = big(id, '<a/>', table);
        expect(await rewrite(bytes)).toEqual(bytes);
        expect(await rewrite(bytes, { axml: text('<longer/>') })).toEqual(big(id, '<longer/>', table));
      }
    }
  });

  test('BW64 that states its size in 32 bits goes on doing so', async () => {
    const bytes = riff([format, chunk('data', audio)], 'BW64');
    const expected = riff([format, chunk('data', audio), chunk('dbmd', text('ab'))], 'BW64');
    expect(await rewrite(bytes, { dbmd: text('ab') })).toEqual(expected);
  });

  test.each([
    ['where JUNK keeps the room', 64],
    ['before all else', 0],
  ])('RIFF that grows beyond 4 GiB becomes BW64, with ds64 %s', async (_, junkBytes) => {
    const front = [...(junkBytes > 0 ? [chunk('JUNK', Buffer.alloc(junkBytes))] : []), format];
    const dataBytes = 0xffffffff - 8 - 4 - Buffer.concat(front).length - 9;
    const dataHeader = chunk('data', new Uint8Array(0), { size: dataBytes });
    const head = riff([...front, dataHeader], 'RIFF', 0xfffffff6);
    const input = imagined(head, dataBytes);
    const form = await readRiffChunks(input, quiet);
    const pieces = await planRiffRewrite(input, form, {
      replaced: new Map(),
      added: [{ id: 'dbmd', bytes: text('much longer than nothing') }],
    });
    const isAudio = (piece: RiffPiece): boolean => 'isAudio' in piece && piece.isAudio;
    const written = await bytesOf(
      input,
      pieces.filter((piece) => !isAudio(piece)),
    );
    expect(written.toString('latin1', 0, 4)).toBe('BW64');
    expect(written.readUInt32LE(4)).toBe(0xffffffff);
    expect(written.toString('latin1', 12, 16)).toBe('ds64');
    expect(written.readBigUInt64LE(20)).toBe(BigInt(sizeOfPieces(pieces) - 8));
    expect(written.readBigUInt64LE(28)).toBe(BigInt(dataBytes));
    const dataAt = written.indexOf('data');

    expect(written.readUInt32LE(dataAt + 4)).toBe(0xffffffff);
    expect(written.includes('JUNK')).toBe(false);
    // It reads back, by the sizes alone.
    const read = await readRiffChunks(imagined(written.subarray(0, dataAt + 8), dataBytes, 32), quiet).catch(
      (error: unknown) => error,
    );
    expect(read).toMatchObject({ container: 'BW64', data: { sizeBytes: dataBytes } });
  });
});

/** A file of these bytes and so many zeros, which nobody has to hold; then a chunk of nothing. */
function imagined(head: Buffer, zeroBytes: number, tailBytes = 0): InputFile {
  const tail = tailBytes > 0 ? chunk('tail', Buffer.alloc(tailBytes - 8)) : Buffer.alloc(0);
  const padBytes = tailBytes > 0 ? zeroBytes % 2 : 0;
  const sizeBytes = head.length + zeroBytes + padBytes + tailBytes;
  const readBytes = async (byteOffset: number, byteCount: number): Promise<Uint8Array> => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(byteCount, sizeBytes - byteOffset)));
    if (byteOffset < head.length) head.copy(bytes, 0, byteOffset);
    const tailAt = sizeBytes - tailBytes;
    if (byteOffset >= tailAt) tail.copy(bytes, 0, byteOffset - tailAt);
    return bytes;
  };
  return {
    file: 'imagined.wav',
    sizeBytes,
    readBytes,
    readInto: async (target, byteOffset) => {
      const bytes = await readBytes(byteOffset, target.length);
      target.set(bytes);
      return bytes.length;
    },
    close: async () => undefined,
  };
}
