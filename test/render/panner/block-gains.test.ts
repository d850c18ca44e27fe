import { expect, test } from 'vitest';
import { createBlockGains } from '../../../src/render/panner/block-gains.ts';
import { plainBlock } from './golden.ts';

test('every block has its own gains, computed once, and keeps them while the next is asked for', () => {
  const blocks = Array.from({ length: 100 }, (_, index) => ({ ...plainBlock, gainDb: index }));
  const computed: number[] = [];
  const gainsOf = createBlockGains(
    blocks,
    (block, level, gains) => {
      computed.push(block.gainDb);
      gains.fill(block.gainDb * level);
    },
    0.5,
    3,
  );
  for (let index = 11; index < 100; index++) {
    const before = gainsOf(blocks[index - 1]!);
    const after = gainsOf(blocks[index]!);
    expect([...before, ...after]).toEqual([
      ...Array<number>(3).fill((index - 1) / 2),
      ...Array<number>(3).fill(index / 2),
    ]);
  }
  expect(computed).toEqual(Array.from({ length: 90 }, (_, i) => i + 10));
});

test('an object of one block', () => {
  const gainsOf = createBlockGains([plainBlock], (_, level, gains) => gains.fill(level), 1, 2);
  expect([...gainsOf(plainBlock)]).toEqual([1, 1]);
  expect([...gainsOf(plainBlock)]).toEqual([1, 1]);
});
