import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { designResampler, resampleChannel } from '../../src/dsp/resampler.ts';
import type { AudioReader } from '../../src/io/audio-file.ts';
import { createDecodedReader } from '../../src/io/decode/decoded-reader.ts';
import { createResampledReader } from '../../src/io/resampled-reader.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();
const channels = [noise(9001, 1, 0.5), noise(9001, 2, 0.5)];

function openAt(fromHz: number, toHz: number): AudioReader {
  const audio = { file: 'a.flac', container: 'FLAC', sampleRateHz: fromHz, bitDepth: 24, channels };
  const reader = { ...createDecodedReader(audio), timeReferenceSamples: 3600 * fromHz };
  return createResampledReader(reader, designResampler(fromHz, toHz), kernels);
}

async function readAll(reader: AudioReader, from: number, blockFrames: number): Promise<Float32Array> {
  const block = createAudioBlock(2, blockFrames);
  const all: number[] = [];
  reader.seek(from);
  for (let got = await reader.read(block); got > 0; got = await reader.read(block)) {
    all.push(...block.channels[1]!.subarray(0, got));
  }
  return Float32Array.from(all);
}

describe.each([
  [44100, 48000],
  [96000, 44100],
  [48000, 192000],
])('%i to %i Hz', (fromHz, toHz) => {
  const reader = openAt(fromHz, toHz);
  const frameCount = Math.round((9001 * toHz) / fromHz);

  test('says what it is', () => {
    expect(reader).toMatchObject({ sampleRateHz: toHz, frameCount, channelCount: 2, bitDepth: 24 });
    expect(reader.timeReferenceSamples).toBe(3600 * toHz);
  });

  test('holds the file at the new rate, to the last sample', async () => {
    const reference = resampleChannel(Float64Array.from(channels[1]!), designResampler(fromHz, toHz));
    const all = await readAll(reader, 0, 1000);
    expect(all).toHaveLength(frameCount);
    all.forEach((sample, n) => expect(Math.abs(sample - reference[n]!)).toBeLessThan(1e-7));
  });

  test('gives the same from any place and in any blocks', async () => {
    const whole = await readAll(reader, 0, 30_000);
    for (const from of [1, 777, frameCount - 1, frameCount]) {
      expect(await readAll(reader, from, 999)).toEqual(whole.subarray(from));
    }
  });
});

test('refuses places outside, and blocks of other channel counts', async () => {
  const reader = openAt(44100, 48000);
  for (const frame of [-1, 0.5, reader.frameCount + 1]) expect(() => reader.seek(frame)).toThrow(RangeError);
  await expect(reader.read(createAudioBlock(3, 1))).rejects.toMatchObject({ code: 'channel-count' });
  await reader.close();
});
