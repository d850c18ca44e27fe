import { expect, test } from 'vitest';
import { FrameLoop, type FrameClock } from '../../../../src/audition/page/scene-view/frame-loop.ts';

/** A clock that goes on when told. */
function fakeClock() {
  let pending: { kind: 'frame' | 'later'; callback: () => void } | undefined;
  const wait = (kind: 'frame' | 'later') => (callback: () => void) => {
    const mine = (pending = { kind, callback });
    return () => {
      if (pending === mine) pending = undefined;
    };
  };
  const state = { nowMs: 0 };
  const clock: FrameClock = { nowMs: () => state.nowMs, nextFrame: wait('frame'), later: wait('later') };
  return {
    clock,
    waitsFor: () => pending?.kind,
    go: (ms: number) => {
      state.nowMs += ms;
      const { callback } = pending!;
      pending = undefined;
      callback();
    },
  };
}

test('it paints with the screen while something moves, else looks now and then, and rests unseen', () => {
  const time = fakeClock();
  const steps: number[] = [];
  let isMoving = true;
  const loop = new FrameLoop(time.clock, (elapsedSec) => {
    steps.push(elapsedSec);
    return isMoving;
  });
  expect(time.waitsFor()).toBeUndefined();
  loop.show(true);
  time.go(16);
  expect(time.waitsFor()).toBe('frame');
  isMoving = false;
  time.go(16);
  expect(time.waitsFor()).toBe('later');
  loop.wake();
  expect(time.waitsFor()).toBe('frame');
  loop.show(false);
  expect(time.waitsFor()).toBeUndefined();
  loop.wake();
  expect(time.waitsFor()).toBeUndefined();
  expect(steps).toEqual([0.016, 0.016]);
});

test('a long sleep is not caught up with', () => {
  const time = fakeClock();
  const steps: number[] = [];
  const loop = new FrameLoop(time.clock, (elapsedSec) => steps.push(elapsedSec) > 0);
  loop.show(true);
  time.go(60_000);
  expect(steps).toEqual([0.25]);
});
