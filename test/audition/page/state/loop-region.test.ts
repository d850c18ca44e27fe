import { expect, test } from 'vitest';
import {
  gripAt,
  makeLoop,
  withLoopEnd,
  withLoopStart,
} from '../../../../src/audition/page/state/loop-region.ts';

const loop = { startFrame: 48000, endFrame: 96000 };

test('a loop lies inside the programme, has its ends in order, and a length that can be heard', () => {
  expect(makeLoop(96000.4, 48000, 480000, 48000)).toEqual(loop);
  expect(makeLoop(-10, 1e9, 480000, 48000)).toEqual({ startFrame: 0, endFrame: 480000 });
  expect(makeLoop(1000, 1200, 480000, 48000)).toBeUndefined();
});

test('an edge that passes the other starts a new loop from the start or to the end', () => {
  expect(withLoopStart(loop, 60000, 480000, 48000)).toEqual({ startFrame: 60000, endFrame: 96000 });
  expect(withLoopStart(loop, 100000, 480000, 48000)).toEqual({ startFrame: 100000, endFrame: 480000 });
  expect(withLoopEnd(loop, 72000, 480000, 48000)).toEqual({ startFrame: 48000, endFrame: 72000 });
  expect(withLoopEnd(loop, 24000, 480000, 48000)).toEqual({ startFrame: 0, endFrame: 24000 });
  expect(withLoopEnd(undefined, 24000, 480000, 48000)).toEqual({ startFrame: 0, endFrame: 24000 });
});

test('edges are reached from a few pixels away, the nearer one wins', () => {
  const perFrame = 1 / 480;
  expect(gripAt(105, loop, perFrame, 7)).toBe('start');
  expect(gripAt(196, loop, perFrame, 7)).toBe('end');
  expect(gripAt(150, loop, perFrame, 7)).toBe('new');
  expect(gripAt(100, undefined, perFrame, 7)).toBe('new');
});
