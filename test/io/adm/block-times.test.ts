import { expect, test } from 'vitest';
import { rationalFromDecimal, rationalToSec } from '../../../src/base/time.ts';
import { fitBlockTimes } from '../../../src/io/adm/block-times.ts';
import { objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';

const place = { file: 'x.wav', path: 'AC_1' };
const block = (startSec: number, durationSec?: number, rampSec?: number): ObjectBlock => ({
  ...objectBlockDefaults,
  startSec: rationalFromDecimal(startSec),
  durationSec: durationSec === undefined ? undefined : rationalFromDecimal(durationSec),
  jumpPosition: rampSec !== undefined,
  interpolationLengthSec: rampSec === undefined ? undefined : rationalFromDecimal(rampSec),
});
const fit = (blocks: ObjectBlock[], durationSec?: number) => {
  const fitted = fitBlockTimes(
    blocks,
    durationSec === undefined ? undefined : rationalFromDecimal(durationSec),
    place,
  );
  const times = fitted.blocks.map((made) => [
    rationalToSec(made.startSec),
    made.durationSec && rationalToSec(made.durationSec),
  ]);
  return { ...fitted, times };
};

test('times that fit stay the same blocks', () => {
  const blocks = [block(0, 0.5), block(0.5, 0.5), block(2)];
  expect(fit(blocks).blocks).toEqual(blocks);
  expect(fit(blocks).changes).toEqual([]);
});

test('ends that are off by rounding touch the next block, without a word', () => {
  const { times, changes } = fit([block(0, 0.33333), block(0.33334, 0.33334), block(0.66667, 0.33333)]);
  expect(times).toEqual([
    [0, 0.33334],
    [0.33334, 0.33333],
    [0.66667, 0.33333],
  ]);
  expect(changes).toEqual([]);
});

test('gaps stay, for the object is silent there', () => {
  expect(fit([block(0, 0.4), block(0.5, 0.5)]).times[0]).toEqual([0, 0.4]);
});

test('durations that are missing, and overlaps', () => {
  expect(fit([block(0), block(0.5)], 2).times).toEqual([
    [0, 0.5],
    [0.5, 1.5],
  ]);
  const overlap = fit([block(0, 1), block(0.5, 0.5)]);
  expect(overlap.times[0]).toEqual([0, 0.5]);
  expect(overlap.changes).toEqual(['blocks that overlap the next one are cut']);
});

test('nothing outlasts its object', () => {
  const late = fit([block(0, 1), block(1, 5), block(6, 1)], 2);
  expect(late.times).toEqual([
    [0, 1],
    [1, 1],
  ]);
  expect(late.changes).toEqual([
    'blocks that outlast the object are cut',
    'blocks after the end of the object are left out',
  ]);
});

test('interpolation is no longer than its block', () => {
  const rounded = fit([block(0, 0.0052, 0.005208)]);
  expect(rounded.blocks[0]!.interpolationLengthSec).toEqual(rounded.blocks[0]!.durationSec);
  expect(rounded.changes).toEqual([]);
  expect(fit([block(0, 0.1, 0.5)]).changes).toEqual(['interpolations longer than their block are cut']);
});

test('blocks out of order are refused', () => {
  expect(() => fit([block(1, 1), block(0, 1)])).toThrow(/x.wav: AC_1: block 2 starts before block 1/);
});
