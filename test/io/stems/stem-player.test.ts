import { expect, test } from 'vitest';
import type { AudioBlock } from '../../../src/base/audio-block.ts';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { AudioReader } from '../../../src/io/audio-file.ts';
import { createStemPlayer } from '../../../src/io/stems/stem-player.ts';
import { ramp } from './write-wav.ts';

/** A reader over arrays that records what it is asked. */
function fakeReader(channels: Float32Array[], calls: string[]): AudioReader {
  const frameCount = channels[0]!.length;
  let position = 0;
  return {
    file: 'fake',
    container: 'WAV',
    sampleRateHz: 48000,
    channelCount: channels.length,
    frameCount,
    sampleFormat: 'float32',
    bitDepth: 32,
    seek(frame) {
      calls.push(`seek ${frame}`);
      position = frame;
    },
    async read(block: AudioBlock) {
      expect(block.channels).toHaveLength(channels.length);
      const frames = Math.min(block.frameCount, frameCount - position);
      channels.forEach((channel, index) =>
        block.channels[index]!.set(channel.subarray(position, position + frames)),
      );
      position += frames;
      calls.push(`read ${frames}`);
      return frames;
    },
    close: async () => undefined,
  };
}

test('places a file in time, picks and doubles channels, seeks only when it must', async () => {
  const calls: string[] = [];
  const reader = fakeReader([ramp(10, 1), ramp(10, 2), ramp(10, 3)], calls);
  const player = createStemPlayer({ reader, startSample: 5, tracks: [[2], [], [0, 1]] });
  const block = createAudioBlock(4, 8);
  const read = async (position: number): Promise<number[][]> => {
    block.channels.forEach((channel) => channel.fill(9));
    await player.read(block, position);
    return block.channels.map((channel) => [...channel].map(Math.floor));
  };
  expect(await read(0)).toEqual([
    [0, 0, 0, 0, 0, 3, 3, 3],
    [0, 0, 0, 0, 0, 3, 3, 3],
    [0, 0, 0, 0, 0, 1, 1, 1],
    [9, 9, 9, 9, 9, 9, 9, 9],
  ]);
  expect((await read(8))[0]).toEqual([3, 3, 3, 3, 3, 3, 3, 0]);
  expect((await read(16))[0]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(block.channels[3]).toEqual(new Float32Array(8).fill(9));
  expect(calls).toEqual(['read 3', 'read 7']);
  await player.read(block, 7);
  expect(block.channels[2]).toEqual(ramp(10, 1).slice(2));
  expect(calls.slice(2)).toEqual(['seek 2', 'read 8']);
});
