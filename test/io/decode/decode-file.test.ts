import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import type { AudioReader } from '../../../src/io/audio-file.ts';
import { maxDecodedBytes, openDecodedFile } from '../../../src/io/decode/decode-file.ts';
import { openAudioFile } from '../../../src/io/open-audio-file.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { requireTool, run } from '../../support.ts';
import { readWhole } from '../wav/read-whole.ts';
import { encodeTones, toneFrames, toneLevel, toneRateHz, tones } from './encode.ts';

const kernels = createScalarKernels();
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-decode-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function openQuietly(file: string): Promise<{ reader: AudioReader; codes: string[] }> {
  const warnings: Warning[] = [];
  const reader = await openAudioFile(file, { kernels, onWarning: (warning) => warnings.push(warning) });
  return { reader, codes: warnings.map(({ code }) => code) };
}

const levels = (channels: readonly Float32Array[]): number[] =>
  channels.map((channel) =>
    channel.subarray(5000, 20_000).reduce((peak, x) => Math.max(peak, Math.abs(x)), 0),
  );

describe('lossless formats come out sample for sample', () => {
  test.for([
    ['flac', 2, 'FLAC'],
    ['flac', 6, 'FLAC'],
    ['flac.ogg', 2, 'Ogg FLAC'],
    ['aiff', 1, 'AIFF'],
    ['aiff', 6, 'AIFF'],
    ['caf', 2, 'CAF'],
    ['caf', 12, 'CAF'],
    ['wv', 2, 'WavPack'],
    ['alac.m4a', 2, 'MP4'],
  ] as const)('%s, %i channels', async ([extension, channelCount, container], context) => {
    requireTool(context, 'ffmpeg');
    const { reader } = await openQuietly(encodeTones(dir, channelCount, extension));
    expect(reader).toMatchObject({
      container,
      channelCount,
      sampleRateHz: toneRateHz,
      frameCount: toneFrames,
    });
    const expected = tones(channelCount);
    const worst = (await readWhole(reader)).map((channel, index) =>
      channel.reduce((most, sample, frame) => Math.max(most, Math.abs(sample - expected[index]![frame]!)), 0),
    );
    // Some encoders of ffmpeg 5 hold 24 bits in 32; sample for sample means within half a 24-bit step.
    expect(Math.max(...worst)).toBeLessThanOrEqual(2 ** -24);
  });
});

describe('lossy formats come out in full, channels told apart', () => {
  test.for([
    ['mp3', 1],
    ['mp3', 2],
    ['plain.mp3', 2],
    ['aac', 1],
    ['aac', 2],
    ['m4a', 2],
    ['ogg', 1],
    ['ogg', 2],
    ['ogg', 6],
    ['opus', 2],
    ['opus', 6],
  ] as const)('%s, %i channels', async ([extension, channelCount], context) => {
    requireTool(context, 'ffmpeg');
    const { reader } = await openQuietly(encodeTones(dir, channelCount, extension));
    expect(reader.channelCount).toBe(channelCount);
    expect(Math.abs(reader.frameCount - toneFrames)).toBeLessThanOrEqual(4096);
    const lfe = 3;
    levels(await readWhole(reader)).forEach((level, channel) => {
      if (channel !== lfe) expect(level / toneLevel(channel)).toBeCloseTo(1, 1);
    });
  });

  test('two equal channels stay two', async (context) => {
    requireTool(context, 'ffmpeg');
    const mono = encodeTones(dir, 1, 'flac');
    const file = join(dir, 'dual.mp3');
    run('ffmpeg', ['-v', 'error', '-y', '-i', mono, '-ac', '2', '-joint_stereo', '0', file]);
    const { reader } = await openQuietly(file);
    expect(reader.channelCount).toBe(2);
  });
});

describe('channel order', () => {
  test.for([
    ['flac', 5],
    ['ogg', 5],
    ['opus', 5],
    ['flac', 8],
    ['ogg', 8],
    ['opus', 8],
  ] as const)('of %s with %i channels is known: WAVE', async ([extension, channelCount], context) => {
    requireTool(context, 'ffmpeg');
    const { reader, codes } = await openQuietly(encodeTones(dir, channelCount, extension));
    expect(codes).toEqual([]);
    const surrounds = channelCount === 5 ? ['M+110', 'M-110'] : ['M+135', 'M-135', 'M+090', 'M-090'];
    expect(reader.channelLabels?.slice(-surrounds.length)).toEqual(surrounds);
    const found = levels(await readWhole(reader));
    found.forEach((level, channel) => {
      const isLfe = channelCount === 8 && channel === 3;
      if (!isLfe) expect(level / toneLevel(channel)).toBeCloseTo(1, 1);
    });
  });

  test.for(['aiff', 'm4a'])('of %s is not, and that is said', async (extension, context) => {
    requireTool(context, 'ffmpeg');
    const { reader, codes } = await openQuietly(encodeTones(dir, 6, extension));
    expect(codes).toEqual(['decode-channel-order']);
    expect(reader.channelLabels).toBeUndefined();
  });
});

describe('damage is told', () => {
  const cutFile = (extension: string): string => {
    const whole = readFileSync(encodeTones(dir, 2, extension));
    const file = join(dir, `cut.${extension}`);
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length * 0.6)));
    return file;
  };

  test.for(['flac', 'aiff', 'mp3'])('%s, cut in its middle: decode-short', async (extension, context) => {
    requireTool(context, 'ffmpeg');
    const file = cutFile(extension);
    await expect(openQuietly(file)).rejects.toMatchObject({
      name: 'FormatError',
      code: 'decode-short',
      file,
    });
  });

  test.for(['m4a', 'ogg', 'opus', 'wv'])('%s, cut in its middle', async (extension, context) => {
    requireTool(context, 'ffmpeg');
    const file = cutFile(extension);
    const outcome = await openQuietly(file).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ name: 'FormatError' });
  });

  test('12-channel WavPack, of which the decoder gives two', async (context) => {
    requireTool(context, 'ffmpeg');
    await expect(openQuietly(encodeTones(dir, 12, 'wv'))).rejects.toMatchObject({ code: 'decode-channels' });
  });

  test('fewer channels than declared', async (context) => {
    requireTool(context, 'ffmpeg');
    const readFacts = () => ({ channelCount: 12, toleranceFrames: 0 });
    const file = encodeTones(dir, 2, 'flac');
    await expect(openDecodedFile(file, { name: 'FLAC', decoder: 'flac', readFacts })).rejects.toMatchObject({
      code: 'decode-channels',
    });
  });

  test('nonsense behind a good beginning', async () => {
    const file = join(dir, 'nonsense.flac');
    writeFileSync(file, Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(5000, 7)]));
    await expect(openQuietly(file)).rejects.toMatchObject({
      name: expect.stringMatching(/FormatError|UnsupportedError/),
    });
  });
});

test('what would not fit into memory is refused before it is decoded', async () => {
  const file = join(dir, 'big.flac');
  writeFileSync(file, 'fLaC');
  const readFacts = () => ({ channelCount: 8, frameCount: maxDecodedBytes / 32 + 1, toleranceFrames: 0 });
  await expect(openDecodedFile(file, { name: 'FLAC', decoder: 'flac', readFacts })).rejects.toMatchObject({
    name: 'UnsupportedError',
    code: 'decode-too-big',
    hint: expect.stringContaining('WAV'),
  });
});
