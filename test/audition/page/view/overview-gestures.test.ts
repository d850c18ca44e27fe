import { expect, test } from 'vitest';
import type { LoopRegion } from '../../../../src/audition/page/engine/engine.ts';
import { createOverviewGestures } from '../../../../src/audition/page/view/overview-gestures.ts';
import type { OverviewGestures } from '../../../../src/audition/page/view/overview-gestures.ts';

const surface = (
  loop?: LoopRegion,
): { gestures: OverviewGestures; sought: number[]; loopNow: () => LoopRegion | undefined } => {
  const sought: number[] = [];
  let now = loop;
  const gestures = createOverviewGestures({
    width: () => 1000,
    frameCount: 100000,
    sampleRateHz: 1000,
    loop: () => now,
    flagFrames: () => [50000],
    seek: (frame) => sought.push(frame),
    setLoop: (region) => (now = region),
  });
  return { gestures, sought, loopNow: () => now };
};

test('a click goes there, even with an unsteady hand; one on a flag goes to its time', () => {
  const { gestures, sought, loopNow } = surface();
  gestures.press(200, false);
  gestures.move(203);
  gestures.release(203);
  gestures.press(506, false);
  gestures.release(506);
  expect(sought).toEqual([20300, 50000]);
  expect(loopNow()).toBeUndefined();
});

test('a drag makes a loop in either direction and does not move the programme', () => {
  const { gestures, sought, loopNow } = surface();
  gestures.press(400, true);
  gestures.move(300);
  gestures.release(300);
  expect(loopNow()).toEqual({ startFrame: 30000, endFrame: 40000 });
  expect(sought).toEqual([]);
});

test('an edge of the loop is moved, the other stays', () => {
  const { gestures, loopNow } = surface({ startFrame: 30000, endFrame: 40000 });
  gestures.press(402, false);
  gestures.move(600);
  gestures.release(600);
  expect(loopNow()).toEqual({ startFrame: 30000, endFrame: 60000 });
});

test('what is broken off changes nothing more', () => {
  const { gestures, sought, loopNow } = surface();
  gestures.press(100, false);
  gestures.cancel();
  gestures.move(900);
  gestures.release(900);
  expect(loopNow()).toBeUndefined();
  expect(sought).toEqual([]);
});
