import { mkdtempSync, rmSync, writeFileSync, truncateSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { FormatError, Warning } from '../../../src/base/errors.ts';
import { openWavFile } from '../../../src/io/wav/wav-reader.ts';
import type { WavReader } from '../../../src/io/wav/wav-reader.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { noise } from '../../support.ts';
import { readWhole } from './read-whole.ts';
import { chunk, ds64, fmt, fmtExtensible, int16, riff } from './wav-bytes.ts';

const wavEncoder = createRequire(import.meta.url)('wav-encoder');
const kernels = createScalarKernels();
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-wav-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let count = 0;
function save(bytes: Uint8Array): string {
  const file = join(dir, `file${count++}.wav`);
  writeFileSync(file, bytes);
  return file;
}

/** Closed once all tests are through. */
const readers: WavReader[] = [];
afterAll(() => Promise.all(readers.map((reader) => reader.close())));

async function openBytes(bytes: Uint8Array): Promise<{ reader: WavReader; warnings: Warning[] }> {
  const warnings: Warning[] = [];
  const reader = await openWavFile(save(bytes), { kernels, onWarning: (warning) => warnings.push(warning) });
  readers.push(reader);
  return { reader, warnings };
}

const failure = (bytes: Uint8Array): Promise<FormatError> =>
  openBytes(bytes).then(
    () => expect.fail('should have been refused'),
    (error) => error as FormatError,
  );

const fmtChunk = chunk('fmt ', fmt({}));
const dataChunk = chunk('data', int16(1, 2, 3, 4));

describe('samples', () => {
  test.each([8, 16, 24, 32] as const)('of %i-bit integers by wav-encoder', async (bitDepth) => {
    const channelData = [noise(5000, 1), noise(5000, 2), noise(5000, 3)];
    const bytes = new Uint8Array(
      wavEncoder.encode.sync({ sampleRate: 44100, channelData }, { bitDepth, symmetric: true }),
    );
    const { reader, warnings } = await openBytes(bytes);
    expect([reader.sampleRateHz, reader.bitDepth, reader.frameCount]).toEqual([44100, bitDepth, 5000]);
    const channels = await readWhole(reader);
    const step = 2 ** (1 - bitDepth);
    let worst = 0;
    channels.forEach((channel, index) =>
      channel.forEach((sample, frame) => {
        worst = Math.max(worst, Math.abs(sample - channelData[index]![frame]!));
      }),
    );
    expect(worst).toBeLessThanOrEqual(step + 2 ** -24);
    expect(warnings).toEqual([]);
  });

  test('of 32-bit floats by wav-encoder, bit for bit', async () => {
    const channelData = [noise(70000, 1), noise(70000, 2)];
    const bytes = new Uint8Array(wavEncoder.encode.sync({ sampleRate: 48000, channelData }, { float: true }));
    const { reader } = await openBytes(bytes);
    expect(reader.sampleFormat).toBe('float32');
    expect(await readWhole(reader, 333)).toEqual(channelData);
  });

  test('of 64-bit floats', async () => {
    const samples = Float64Array.of(0.25, -0.5, 1 / 3);
    const bytes = riff([
      chunk('fmt ', fmt({ tag: 3, bits: 64 })),
      chunk('data', Buffer.from(samples.buffer)),
    ]);
    const { reader } = await openBytes(bytes);
    expect((await readWhole(reader))[0]).toEqual(Float32Array.from(samples));
  });

  test('do not depend on the block size, and seek goes anywhere', async () => {
    const samples = Int16Array.from({ length: 300_000 }, (_, index) => index * 7919);
    const bytes = riff([fmtChunk, chunk('data', Buffer.from(samples.buffer))]);
    const { reader } = await openBytes(bytes);
    const block = createAudioBlock(1, 200_000);
    for (const [frame, length] of [
      [0, 7],
      [131_000, 200],
      [299_999, 5],
      [5, 200_000],
    ] as const) {
      reader.seek(frame);
      block.frameCount = length;
      const given = await reader.read(block);
      expect(given).toBe(Math.min(length, 300_000 - frame));
      for (let i = 0; i < given; i++)
        if (block.channels[0]![i]! * 32768 !== samples[frame + i]) expect.fail(`sample ${frame + i}`);
    }
    expect(() => reader.seek(300_001)).toThrow(RangeError);
    reader.seek(300_000);
    expect(await reader.read(block)).toBe(0);
    await reader.close();
  });

  test('24 valid bits in 32 are read as 32 and said to be 24', async () => {
    const payload = Buffer.alloc(4);
    payload.writeInt32LE(0x12345600);
    const format = chunk('fmt ', fmtExtensible({ channelCount: 1, bits: 32, validBits: 24 }));
    const { reader } = await openBytes(riff([format, chunk('data', payload)]));
    expect([reader.sampleFormat, reader.bitDepth]).toEqual(['int32', 24]);
    expect((await readWhole(reader))[0]![0]).toBe(0x123456 / 2 ** 23);
  });
});

describe('chunks', () => {
  test('in any order, odd ones padded or not, unknown ones kept apart', async () => {
    for (const pad of [true, false]) {
      const odd = chunk('oddy', Buffer.from('abc'), { pad });
      const { reader } = await openBytes(riff([odd, dataChunk, odd, fmtChunk, odd]));
      expect(reader.chunks.map(({ id }) => id)).toEqual(['oddy', 'data', 'oddy', 'fmt ', 'oddy']);
      expect(Buffer.from(reader.chunks[2]!.bytes!).toString()).toBe('abc');
      expect((await readWhole(reader))[0]).toEqual(Float32Array.of(1, 2, 3, 4).map((value) => value / 32768));
    }
  });

  test('big ones stay in the file and are read when asked for', async () => {
    const big = Buffer.alloc(200_001, 'x');
    const { reader } = await openBytes(riff([fmtChunk, chunk('axml', big), dataChunk]));
    const axml = reader.chunks.find(({ id }) => id === 'axml')!;
    expect(axml).toEqual({ id: 'axml', byteOffset: 12 + 24 + 8, sizeBytes: 200_001 });
    expect(Buffer.from(await reader.readChunk(axml)).equals(big)).toBe(true);
    const pieces: Buffer[] = [];
    for await (const piece of reader.readPieces(axml)) pieces.push(Buffer.from(piece));
    expect(Buffer.concat(pieces).equals(big)).toBe(true);
    await reader.close();
  });

  test('bext gives the time reference, iXML its text', async () => {
    const bext = Buffer.alloc(602);
    bext.write('a scene', 0);
    bext.writeBigUInt64LE(172_800_000n, 338);
    const { reader } = await openBytes(
      riff([chunk('bext', bext), fmtChunk, dataChunk, chunk('iXML', Buffer.from('<BWFXML/>\0'))]),
    );
    expect(reader.timeReferenceSamples).toBe(172_800_000);
    expect(reader.bext?.description).toBe('a scene');
    expect(reader.ixml).toBe('<BWFXML/>');
    await reader.close();
  });
});

describe('tolerated', () => {
  test.each([0, 0xffffffff])('a stream that was never completed: data size %i', async (size) => {
    const { reader } = await openBytes(
      riff([fmtChunk, chunk('data', int16(1, 2, 3), { size })], 'RIFF', 0xffffffff),
    );
    expect(reader.frameCount).toBe(3);
    await reader.close();
  });

  test('an empty data chunk with other chunks behind it is empty', async () => {
    const { reader } = await openBytes(
      riff([fmtChunk, chunk('data', int16()), chunk('LIST', Buffer.alloc(12))]),
    );
    expect(reader.frameCount).toBe(0);
    await reader.close();
  });

  test('bytes behind the form', async () => {
    const tag = Buffer.alloc(128, 0xff);
    const { reader, warnings } = await openBytes(Buffer.concat([riff([fmtChunk, dataChunk]), tag]));
    expect(reader.frameCount).toBe(4);
    expect(warnings.map(({ code }) => code)).toEqual(['wav-trailing-bytes']);
    await reader.close();
  });

  test('an incomplete last frame', async () => {
    const { reader, warnings } = await openBytes(
      riff([chunk('fmt ', fmt({ channelCount: 2 })), chunk('data', int16(1, 2, 3))]),
    );
    expect(reader.frameCount).toBe(1);
    expect(warnings.map(({ code }) => code)).toEqual(['wav-partial-frame']);
    await reader.close();
  });

  test('RF64 and BW64, sizes in ds64', async () => {
    for (const id of ['RF64', 'BW64']) {
      const sizes = chunk('ds64', ds64(100, 8, 4));
      const data = chunk('data', int16(1, 2, 3, 4), { size: 0xffffffff });
      const { reader } = await openBytes(
        riff([sizes, fmtChunk, data, chunk('axml', Buffer.from('<a/>'))], id, 0xffffffff),
      );
      expect([reader.container, reader.frameCount, reader.chunks.at(-1)!.id]).toEqual([id, 4, 'axml']);
      await reader.close();
    }
  });
});

describe('masks', () => {
  test('name the channels', async () => {
    const format = chunk('fmt ', fmtExtensible({ channelCount: 8, bits: 16, mask: 0x63f }));
    const { reader } = await openBytes(riff([format, chunk('data', int16(1, 2, 3, 4, 5, 6, 7, 8))]));
    expect(reader.channelMask).toBe(0x63f);
    expect(reader.channelLabels?.slice(4)).toEqual(['M+135', 'M-135', 'M+090', 'M-090']);
    await reader.close();
  });

  test('that do not name all channels are ignored with a warning', async () => {
    const format = chunk('fmt ', fmtExtensible({ channelCount: 4, bits: 16, mask: 0x3 }));
    const { reader, warnings } = await openBytes(riff([format, chunk('data', int16(1, 2, 3, 4))]));
    expect(reader.channelLabels).toBeUndefined();
    expect(warnings.map(({ code }) => code)).toEqual(['wav-channel-mask']);
    await reader.close();
  });

  test('of B-format files: FuMa is told', async () => {
    const guid = '010000002107d3118644c8c1ca000000';
    const format = chunk('fmt ', fmtExtensible({ channelCount: 4, bits: 16, guid }));
    const { reader, warnings } = await openBytes(riff([format, chunk('data', int16(1, 2, 3, 4))]));
    expect(reader.isFuma).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['wav-fuma']);
    await reader.close();
  });
});

describe('refused, with the place', () => {
  test.each([
    ['0 channels', riff([chunk('fmt ', fmt({ channelCount: 0, frameBytes: 2 })), dataChunk]), 'wav-fmt', 22],
    ['rate 0', riff([chunk('fmt ', fmt({ sampleRateHz: 0 })), dataChunk]), 'wav-fmt', 24],
    [
      '12-byte frames of one 16-bit sample',
      riff([chunk('fmt ', fmt({ frameBytes: 12 })), dataChunk]),
      'wav-fmt',
      32,
    ],
    ['no fmt', riff([dataChunk]), 'wav-fmt-missing', 12],
    ['no data', riff([fmtChunk]), 'wav-data-missing', 36],
    [
      'no RIFF',
      Buffer.concat([Buffer.from('RIFX'), riff([fmtChunk, dataChunk]).subarray(4)]),
      'wav-header',
      0,
    ],
    [
      'RF64 whose data size is nowhere',
      riff([fmtChunk, chunk('data', int16(1), { size: 0xffffffff })], 'RF64'),
      'wav-ds64',
      44,
    ],
  ])('%s', async (_, bytes, code, byteOffset) => {
    expect(await failure(bytes)).toMatchObject({ name: 'FormatError', code, byteOffset });
  });

  test('MP3 in WAV and 129 channels are named as unsupported', async () => {
    const codec = riff([chunk('fmt ', fmt({ tag: 0x55 })), dataChunk]);
    expect(await failure(codec)).toMatchObject({ name: 'UnsupportedError', code: 'wav-codec' });
    const wide = riff([chunk('fmt ', fmt({ channelCount: 129 })), dataChunk]);
    expect(await failure(wide)).toMatchObject({ name: 'UnsupportedError', code: 'wav-channels' });
  });

  test('truncated audio: file, chunk, bytes found and expected', async () => {
    const bytes = riff([fmtChunk, chunk('data', int16(1, 2, 3, 4))]);
    const error = await failure(bytes.subarray(0, bytes.length - 3));
    expect(error).toMatchObject({ code: 'wav-truncated', chunk: 'data', byteOffset: 44 });
    expect(error.message).toMatch(/file\d+\.wav: chunk "data".*5 bytes found, 8 expected/);
  });

  test('a file that shrinks while it is read', async () => {
    const bytes = riff([fmtChunk, chunk('data', Buffer.alloc(1_000_000))]);
    const { reader } = await openBytes(bytes);
    truncateSync(reader.file, 400_000);
    const block = createAudioBlock(1, 400_000);
    await expect(reader.read(block)).rejects.toMatchObject({ code: 'wav-truncated' });
    await reader.close();
  });

  test.each([NaN, Infinity])('%d in float samples: channel and time', async (value) => {
    const samples = new Float32Array(2 * 96_000);
    samples[2 * 72_000 + 1] = value;
    const format = chunk('fmt ', fmt({ tag: 3, bits: 32, channelCount: 2 }));
    const { reader } = await openBytes(riff([format, chunk('data', Buffer.from(samples.buffer))]));
    const error = await readWhole(reader).catch((reason: FormatError) => reason);
    expect(error).toMatchObject({ name: 'FormatError', code: 'not-finite' });
    expect((error as FormatError).message).toContain(`channel 2 holds ${value} at 1.500 s`);
    await reader.close();
  });

  test('a missing file and a folder', async () => {
    const options = { kernels };
    await expect(openWavFile(join(dir, 'none.wav'), options)).rejects.toMatchObject({ code: 'file-missing' });
    await expect(openWavFile(dir, options)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
