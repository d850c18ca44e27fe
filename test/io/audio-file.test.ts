import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { requireChannels } from '../../src/io/audio-file.ts';

test('a block must have the channels of its file', () => {
  expect(() => requireChannels(createAudioBlock(2, 1), 2, 'a.wav')).not.toThrow();
  expect(() => requireChannels(createAudioBlock(3, 1), 2, 'a.wav')).toThrow(
    expect.objectContaining({ name: 'InternalError', code: 'channel-count' }),
  );
});
