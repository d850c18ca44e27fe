import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createPlannedAudio } from '../../src/io/planned-audio.ts';

const planned = { file: 'song.wav', container: 'BW64', sampleRateHz: 48_000, frameCount: 10 };

test('channels are the tracks that feed them, or silence, and never longer than these', async () => {
  const calls: string[] = [];
  const reader = createPlannedAudio(
    { ...planned, trackCount: 3, sources: [2, undefined, 0, 2] },
    {
      seek: (frame) => void calls.push(`seek ${frame}`),
      close: async () => void calls.push('close'),
      async read({ channels, frameCount }) {
        expect(channels).toHaveLength(3);
        const given = Math.min(frameCount, 4);
        for (const [track, channel] of channels.entries()) channel.fill(track + 1, 0, given);
        return given;
      },
    },
  );
  expect(reader).toMatchObject({ ...planned, channelCount: 4, sampleFormat: 'int24', bitDepth: 24 });
  const block = createAudioBlock(4, 6);
  for (const channel of block.channels) channel.fill(9);
  expect(await reader.read(block)).toBe(4);
  expect(block.channels.map((channel) => [...channel])).toEqual([
    [3, 3, 3, 3, 9, 9],
    [0, 0, 0, 0, 9, 9],
    [1, 1, 1, 1, 9, 9],
    [3, 3, 3, 3, 9, 9],
  ]);
  reader.seek(5);
  await reader.close();
  expect(calls).toEqual(['seek 5', 'close']);
});
