import { expect, test } from 'vitest';
import { checkBlocks } from '../../src/scene/check-blocks.ts';

const faultsOf = (...blocks: Parameters<typeof checkBlocks>[0]) =>
  checkBlocks(blocks, ['blocks']).map(({ path, code }) => `${path} ${code}`);

test('blocks in order, with gaps or without, are right', () => {
  expect(faultsOf({ durationSec: 1 }, { startSec: 1, durationSec: 1 }, { startSec: 5 })).toEqual([]);
  expect(faultsOf({ durationSec: 0 }, { startSec: 0, durationSec: 1 }, { jumpPosition: true })).toEqual([]);
  expect(faultsOf({ durationSec: '1/3' }, { startSec: '1/3', durationSec: 1 })).toEqual([]);
});

test('overlap, order, ramps, glides', () => {
  expect(faultsOf({ durationSec: 2 }, { startSec: 1, durationSec: 1 })).toEqual([
    'blocks[1].startSec block-overlap',
  ]);
  expect(faultsOf({ startSec: 3 }, { startSec: 1, durationSec: 1 })).toEqual([
    'blocks[1].startSec block-order',
  ]);
  expect(faultsOf({}, {})).toContain('blocks[1].startSec block-start');
  expect(faultsOf({ durationSec: 1 }, { startSec: 1 })).toEqual([
    'blocks[1].durationSec block-endless-glide',
  ]);
  expect(faultsOf({ durationSec: 1, jumpPosition: true, interpolationLengthSec: 1.5 })).toEqual([
    'blocks[0].interpolationLengthSec block-interpolation',
  ]);
});

test('places of faulty blocks are skipped', () => {
  expect(faultsOf({ durationSec: 1 }, undefined, { startSec: 2, durationSec: 1 })).toEqual([]);
});
