import { expect, test } from 'vitest';
import { clearBlock, createAudioBlock, blockPart } from '../../src/base/audio-block.ts';

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

test('a part of a block lies in its samples', () => {
  const block = { channels: [Float32Array.of(1, 2, 3, 4)], frameCount: 4 };
  expect(blockPart(block, 0, 2)).toEqual({ channels: block.channels, frameCount: 2 });
  const part = blockPart(block, 1, 3);
  expect(part).toEqual({ channels: [Float32Array.of(2, 3)], frameCount: 2 });
  part.channels[0]![0] = 9;
  expect(block.channels[0]![1]).toBe(9);
});
