import { expect, test } from 'vitest';
import { clearBlock, createAudioBlock } from '../../src/base/audio-block.ts';

test('a block is silent when made, and clears only its frames', () => {
  const block = createAudioBlock(2, 4);
  expect(block.channels.map((channel) => [...channel])).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
  block.channels[1]!.fill(1);
  block.frameCount = 3;
  clearBlock(block);
  expect([...block.channels[1]!]).toEqual([0, 0, 0, 1]);
});
