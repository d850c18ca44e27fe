import { describe, expect, test } from 'vitest';
import { SceneError } from '../../src/base/errors.ts';
import { rationalFromDecimal, type RationalSeconds } from '../../src/base/time.ts';
import { objectSegments } from '../../src/scene/object-timing.ts';
import { elementDefaults, objectBlockDefaults } from '../../src/scene/make-scene.ts';
import type { AudioObject, ObjectBlock } from '../../src/scene/scene.ts';

const sec = (value: number | string | RationalSeconds): RationalSeconds =>
  typeof value === 'object' ? value : rationalFromDecimal(value);

const block = (
  start: number | RationalSeconds,
  duration?: number | RationalSeconds,
  more: Partial<ObjectBlock> = {},
): ObjectBlock => ({
  ...objectBlockDefaults,
  startSec: sec(start),
  durationSec: duration === undefined ? undefined : sec(duration),
  ...more,
});

const object = (blocks: ObjectBlock[], start = 0): AudioObject => ({
  ...elementDefaults,
  kind: 'object',
  id: 'o1',
  name: 'o1',
  startSec: sec(start),
  blocks,
});

/** [start, end, from, to, weights] with blocks by index. */
const segmentsOf = (blocks: ObjectBlock[], rate = 48000, start = 0) =>
  [...objectSegments(object(blocks, start), rate)()].map((segment) => [
    segment.startSample,
    segment.endSample,
    blocks.indexOf(segment.from),
    blocks.indexOf(segment.to),
    segment.startWeight,
    segment.endWeight,
  ]);

describe('objectSegments (BS.2127-1 clause 7.2)', () => {
  test('one block without duration holds for ever from the start of its element', () => {
    expect(segmentsOf([block(0)], 48000, 0.5)).toEqual([[24000, Infinity, 0, 0, 0, 1]]);
  });

  test('a block ramps over its whole length from the one that it follows', () => {
    expect(segmentsOf([block(0, 1), block(1, 0.5), block(1.5, 0.5)])).toEqual([
      [0, 48000, 0, 0, 0, 1],
      [48000, 72000, 0, 1, 0, 1],
      [72000, 96000, 1, 2, 0, 1],
    ]);
  });

  test('jumpPosition jumps, or ramps over its interpolation length and then holds', () => {
    const blocks = [
      block(0, 1),
      block(1, 1, { jumpPosition: true }),
      block(2, 1, { jumpPosition: true, interpolationLengthSec: sec(0.25) }),
    ];
    expect(segmentsOf(blocks)).toEqual([
      [0, 48000, 0, 0, 0, 1],
      [48000, 96000, 1, 1, 0, 1],
      [96000, 108000, 1, 2, 0, 1],
      [108000, 144000, 2, 2, 0, 1],
    ]);
  });

  test('after a gap there is silence, then no ramp', () => {
    expect(segmentsOf([block(0, 1), block(2, 1)])).toEqual([
      [0, 48000, 0, 0, 0, 1],
      [96000, 144000, 1, 1, 0, 1],
    ]);
  });

  test('a block of no duration gives the value that the next starts from', () => {
    expect(segmentsOf([block(0, 0), block(0, 1)])).toEqual([[0, 48000, 0, 1, 0, 1]]);
  });

  test('times between samples: the ceiling is first, and the weights say how far the ramp is there', () => {
    const third = { numerator: 1n, denominator: 3n };
    const [, ramp] = segmentsOf([block(0, third), block(third, third)], 100);
    expect(ramp!.slice(0, 4)).toEqual([34, 67, 0, 1]);
    expect(ramp![4]).toBeCloseTo((34 - 100 / 3) / (100 / 3), 14);
    expect(ramp![5]).toBeCloseTo((67 - 100 / 3) / (100 / 3), 14);
  });

  test('contiguity is exact: 0.1 + 0.2 ends where 0.3 starts', () => {
    expect(segmentsOf([block(0.1, 0.2), block(0.3, 0.1)])).toHaveLength(2);
    expect(segmentsOf([block(0.1, 0.2), block(0.3, 0.1)])[1]!.slice(2, 4)).toEqual([0, 1]);
  });

  test('a last block without duration ramps in for 10 ms', () => {
    expect(segmentsOf([block(0, 1), block(1)])).toEqual([
      [0, 48000, 0, 0, 0, 1],
      [48000, 48480, 0, 1, 0, 1],
      [48480, Infinity, 1, 1, 0, 1],
    ]);
  });

  test('overlap and an interpolation longer than its block are errors that name the block', () => {
    expect(() => segmentsOf([block(0, 1), block(0.9, 1)])).toThrow(SceneError);
    expect(() => segmentsOf([block(0), block(1, 1)])).toThrow('block 1 starts before block 0 ends');
    expect(() =>
      segmentsOf([block(0, 1), block(1, 1, { jumpPosition: true, interpolationLengthSec: sec(1.5) })]),
    ).toThrow('block 1 interpolates over 1.5 s');
  });
});
