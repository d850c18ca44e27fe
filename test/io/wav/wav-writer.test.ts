import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { openWavFile } from '../../../src/io/wav/wav-reader.ts';
import { containerOf, createWavWriter, type WavWriterOptions } from '../../../src/io/wav/wav-writer.ts';
import type { SampleFormat } from '../../../src/kernels/interfaces/pcm.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { noise } from '../../support.ts';
import { readWhole } from './read-whole.ts';

const kernels = createScalarKernels();
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-wav-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const stereo = { kernels, sampleRateHz: 48000, channelCount: 2, sampleFormat: 'int24' } as const;

async function writeNoise(
  options: WavWriterOptions,
  frameCount: number,
  blockFrames = 1000,
): Promise<{ file: string; channels: Float32Array[] }> {
  const file = join(dir, 'out.wav');
  const channels = Array.from({ length: options.channelCount }, (_, index) =>
    noise(frameCount, index + 1, 0.9),
  );
  const writer = await createWavWriter(file, options);
  for (let at = 0; at < frameCount; at += blockFrames) {
    const end = Math.min(frameCount, at + blockFrames);
    await writer.write({ channels: channels.map((channel) => channel.slice(at, end)), frameCount: end - at });
  }
  await writer.finish();
  return { file, channels };
}

const steps: Readonly<Record<SampleFormat, number>> = {
  uint8: 2 ** -7,
  int16: 2 ** -15,
  int24: 2 ** -23,
  int32: 2 ** -24,
  float32: 0,
  float64: 0,
};

describe('what is written is read again', () => {
  const cases = (Object.keys(steps) as SampleFormat[]).flatMap((sampleFormat) =>
    [1, 2, 3, 12, 17, 64, 128].map((channelCount) => [sampleFormat, channelCount] as const),
  );
  test.each(cases)('%s, %i channels', async (sampleFormat, channelCount) => {
    const { file, channels } = await writeNoise({ ...stereo, sampleFormat, channelCount }, 701, 300);
    const reader = await openWavFile(file, { kernels });
    expect([reader.sampleFormat, reader.channelCount, reader.frameCount]).toEqual([
      sampleFormat,
      channelCount,
      701,
    ]);
    const read = await readWhole(reader, 250);
    let worst = 0;
    read.forEach((channel, index) =>
      channel.forEach((sample, frame) => {
        worst = Math.max(worst, Math.abs(sample - channels[index]![frame]!));
      }),
    );
    expect(worst).toBeLessThanOrEqual(steps[sampleFormat] / 2);
    expect(readdirSync(dir)).toEqual(['out.wav']);
  });

  test('whatever the block size, the file is the same', async () => {
    const files: Buffer[] = [];
    for (const blockFrames of [1, 4096, 200_000]) {
      const { file } = await writeNoise(stereo, 50_000, blockFrames);
      files.push(readFileSync(file));
      rmSync(file);
    }
    expect(files[1]!.equals(files[0]!)).toBe(true);
    expect(files[2]!.equals(files[0]!)).toBe(true);
  });

  test('channels in the order of the file', async () => {
    const { file, channels } = await writeNoise(
      { ...stereo, sampleFormat: 'float32', channelOrder: [1, 0] },
      10,
    );
    expect(await readWhole(await openWavFile(file, { kernels }))).toEqual([channels[1], channels[0]]);
  });
});

describe('header', () => {
  test('is plain for 16 bits and two channels, extensible above either', async () => {
    const tagOf = async (options: Partial<WavWriterOptions>): Promise<number> => {
      const { file } = await writeNoise({ ...stereo, ...options }, 4);
      const bytes = readFileSync(file);
      rmSync(file);
      return bytes.readUInt16LE(bytes.indexOf('fmt ') + 8);
    };
    expect(await tagOf({ sampleFormat: 'int16' })).toBe(1);
    expect(await tagOf({ sampleFormat: 'float32' })).toBe(3);
    expect(await tagOf({})).toBe(0xfffe);
    expect(await tagOf({ sampleFormat: 'int16', channelCount: 3 })).toBe(0xfffe);
    expect(await tagOf({ channelCount: 12, extensible: false })).toBe(1);
  });

  test('reserves JUNK of 28 bytes, becomes RF64 on request and pads odd audio', async () => {
    const { file } = await writeNoise({ ...stereo, channelCount: 1 }, 3);
    const plain = readFileSync(file);
    expect(plain.toString('latin1', 0, 4) + plain.toString('latin1', 12, 16)).toBe('RIFFJUNK');
    expect(plain.readUInt32LE(16)).toBe(28);
    expect(plain.length % 2).toBe(0);
    expect(plain.readUInt32LE(4)).toBe(plain.length - 8);
    rmSync(file);
    await writeNoise({ ...stereo, channelCount: 1, container: 'rf64' }, 3);
    const long = readFileSync(file);
    expect(long.toString('latin1', 0, 4) + long.toString('latin1', 12, 16)).toBe('RF64ds64');
    expect(long.readBigUInt64LE(20)).toBe(BigInt(long.length - 8));
    expect(long.readBigUInt64LE(28)).toBe(9n);
    const reader = await openWavFile(file, { kernels });
    await reader.close();
    expect(reader.frameCount).toBe(3);
  });

  test('short files are never BW64', async () => {
    const { file } = await writeNoise({ ...stereo, container: 'bw64' }, 3);
    expect(readFileSync(file).toString('latin1', 0, 4)).toBe('RIFF');
  });

  test('carries bext, whose loudness may come at the end, and further chunks', async () => {
    let integratedLufs = 0;
    const bext = () => ({
      description: 'mix',
      originator: 'periphon',
      originatorReference: '',
      originationDate: '2026-01-02',
      originationTime: '03:04:05',
      timeReferenceSamples: 48000,
      integratedLufs,
      codingHistory: 'A=PCM\r\n',
    });
    const chunks = [{ id: 'iXML', bytes: Buffer.from('<BWFXML/>') }];
    const writer = await createWavWriter(join(dir, 'b.wav'), { ...stereo, bext, chunks });
    await writer.write(createAudioBlock(2, 5));
    integratedLufs = -18.05;
    await writer.finish();
    const reader = await openWavFile(join(dir, 'b.wav'), { kernels });
    expect(reader.bext).toMatchObject({
      description: 'mix',
      integratedLufs: -18.05,
      codingHistory: 'A=PCM\r\n',
    });
    expect([reader.timeReferenceSamples, reader.ixml]).toEqual([48000, '<BWFXML/>']);
    await reader.close();
  });
});

describe('refused', () => {
  test('an existing target, unless it may be overwritten', async () => {
    const file = join(dir, 'out.wav');
    writeFileSync(file, 'old');
    await expect(createWavWriter(file, stereo)).rejects.toMatchObject({
      name: 'OutputError',
      code: 'output-exists',
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    await writeNoise({ ...stereo, overwrite: true }, 4);
    expect(readFileSync(file, 'latin1').slice(0, 4)).toBe('RIFF');
  });

  test('a missing folder, and a folder in place of the file', async () => {
    const code = 'output-unwritable';
    await expect(createWavWriter(join(dir, 'no', 'a.wav'), stereo)).rejects.toMatchObject({ code });
    mkdirSync(join(dir, 'taken'));
    await expect(createWavWriter(join(dir, 'taken'), { ...stereo, overwrite: true })).rejects.toMatchObject({
      code,
    });
  });

  test('129 channels and a rate of 0', async () => {
    const file = join(dir, 'a.wav');
    const code = 'wav-options';
    await expect(createWavWriter(file, { ...stereo, channelCount: 129 })).rejects.toMatchObject({ code });
    await expect(createWavWriter(file, { ...stereo, sampleRateHz: 0 })).rejects.toMatchObject({ code });
  });

  test('a full disk: disk-full, and nothing is left behind', async () => {
    const probe = await open(join(dir, 'probe'), 'w');
    const write = vi.spyOn(Object.getPrototypeOf(probe), 'write');
    await probe.close();
    rmSync(join(dir, 'probe'));
    write.mockRejectedValue(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    const writer = await createWavWriter(join(dir, 'full.wav'), stereo);
    await expect(writer.write(createAudioBlock(2, 100_000))).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(dir)).toEqual([]);
  });
});

test('abort leaves nothing behind', async () => {
  const writer = await createWavWriter(join(dir, 'a.wav'), stereo);
  await writer.write(createAudioBlock(2, 100_000));
  expect(readdirSync(dir)).toHaveLength(1);
  await writer.abort();
  await writer.abort();
  expect(readdirSync(dir)).toEqual([]);
});

describe('a listener', () => {
  test('hears the bytes of the file, in order: header, audio, padding and chunks', async () => {
    const heard: Uint8Array[] = [];
    const chunks = [{ id: 'test', bytes: Uint8Array.of(1, 2, 3, 4) }];
    const listener = { frameCount: 40001, hear: (bytes: Uint8Array) => void heard.push(bytes.slice()) };
    const { file } = await writeNoise({ ...stereo, channelCount: 3, chunks, listener }, 40001);
    expect(Buffer.concat(heard).equals(readFileSync(file))).toBe(true);
  });

  test('who announced more than the container holds is told at once, and nothing is left', async () => {
    const listener = { frameCount: 2 ** 31, hear: () => undefined };
    const file = join(dir, 'big.wav');
    await expect(createWavWriter(file, { ...stereo, container: 'wav', listener })).rejects.toMatchObject({
      code: 'wav-too-big',
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  test('who announced another length is told', async () => {
    const listener = { frameCount: 99, hear: () => undefined };
    await expect(writeNoise({ ...stereo, listener }, 100)).rejects.toMatchObject({ code: 'wav-length' });
    expect(readdirSync(dir)).toEqual([]);
  });
});

test('long files are RF64 or BW64, and RIFF where that does', () => {
  expect([containerOf('rf64'), containerOf('bw64')]).toEqual(['auto', 'bw64']);
});
