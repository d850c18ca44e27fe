import { expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { createDecodedReader } from '../../../src/io/decode/decoded-reader.ts';
import { noise } from '../../support.ts';

test('gives audio in memory in blocks of any size', async () => {
  const channels = [noise(1000, 1), noise(1000, 2)];
  const audio = { file: 'a.flac', container: 'FLAC', sampleRateHz: 44100, bitDepth: 24, channels };
  const reader = createDecodedReader(audio);
  expect(reader).toMatchObject({ channelCount: 2, frameCount: 1000, sampleFormat: 'float32', bitDepth: 24 });
  const block = createAudioBlock(2, 300);
  reader.seek(100);
  for (const [frames, at] of [
    [300, 100],
    [300, 400],
    [300, 700],
    [0, 1000],
  ] as const) {
    expect(await reader.read(block)).toBe(frames);
    expect(block.channels[1]!.subarray(0, frames)).toEqual(channels[1]!.subarray(at, at + frames));
  }
  expect(() => reader.seek(-1)).toThrow(RangeError);
  await expect(reader.read(createAudioBlock(3, 1))).rejects.toMatchObject({ code: 'channel-count' });
  await reader.close();
});
