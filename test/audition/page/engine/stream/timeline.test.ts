import { expect, test } from 'vitest';
import {
  endPosition,
  firstDifference,
  jumpsOf,
  runAt,
  unwrapPosition,
  type Timeline,
} from '../../../../../src/audition/page/engine/stream/timeline.ts';

const plain: Timeline = { startPosition: 1000, startFrame: -10, frameCount: 500, loop: undefined };
const looped: Timeline = { ...plain, loop: { startFrame: 100, endFrame: 150 } };

test('without a loop the programme runs from start to end', () => {
  expect(runAt(plain, 1000)).toEqual({ frame: -10, length: Infinity });
  expect(runAt(plain, 1200)).toEqual({ frame: 190, length: Infinity });
  expect(endPosition(plain)).toBe(1510);
});

test('behind the end of a loop comes its start, again and again', () => {
  expect(runAt(looped, 1000)).toEqual({ frame: -10, length: 160 });
  expect(runAt(looped, 1160)).toEqual({ frame: 100, length: 50 });
  expect(runAt(looped, 1160 + 50 * 7 + 20)).toEqual({ frame: 120, length: 30 });
  expect(endPosition(looped)).toBe(Infinity);
});

test('a start behind the loop plays on to the end', () => {
  const behind = { ...looped, startFrame: 150 };
  expect(runAt(behind, 1100)).toEqual({ frame: 250, length: Infinity });
  expect(endPosition(behind)).toBe(1350);
});

test('the jumps of a loop are known ahead', () => {
  expect(jumpsOf(looped)).toEqual({ firstPosition: 1160, everyFrames: 50 });
  expect(runAt(looped, 1159).frame).toBe(149);
  expect(runAt(looped, 1160).frame).toBe(100);
  expect(jumpsOf(plain)).toBeUndefined();
  expect(jumpsOf({ ...looped, startFrame: 150 })).toBeUndefined();
});

test('two timelines differ from the first jump on that only one of them makes', () => {
  expect(firstDifference(plain, looped, 1050)).toBe(1160);
  const longer = { ...looped, loop: { startFrame: 100, endFrame: 160 } };
  expect(firstDifference(looped, longer, 1050)).toBe(1160);
  expect(firstDifference(looped, { ...looped, loop: { startFrame: 90, endFrame: 150 } }, 1050)).toBe(1160);
  expect(firstDifference(looped, { ...looped, startPosition: 1050, startFrame: 40 }, 1050)).toBe(Infinity);
  expect(firstDifference(plain, { ...plain, startFrame: 0 }, 1050)).toBe(1050);
});

test('a position is found again from its low 32 bits', () => {
  for (const position of [5, 2 ** 31 + 5, 2 ** 32 + 7, 5 * 2 ** 32 - 3])
    for (const offset of [-100000, 0, 100000])
      expect(unwrapPosition(position | 0, position + offset)).toBe(position);
});
