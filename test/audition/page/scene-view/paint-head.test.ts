import { expect, test } from 'vitest';
import {
  headAngleRad,
  headRadiusPx,
  paintHead,
} from '../../../../src/audition/page/scene-view/paint-head.ts';
import { fitPlan } from '../../../../src/audition/page/scene-view/room-geometry.ts';
import { liveAt, recordingContext, testLooks } from './fixtures.ts';

const frame = fitPlan(200, 200, 1, 0);
const head = { yawDeg: 90, pitchDeg: 0, rollDeg: 0 };

test('a head turned to the left turns against the clock', () => {
  expect(headAngleRad(head)).toBeCloseTo(-Math.PI / 2);
  // The nose points up before the turn: (0, -1) turned by the angle lies at the left.
  const [sin, cos] = [Math.sin(headAngleRad(head)), Math.cos(headAngleRad(head))];
  expect([sin, -cos]).toEqual([expect.closeTo(-1), expect.closeTo(0)]);
});

test('the head has a size that can be seen in every plan', () => {
  expect(headRadiusPx(fitPlan(50, 50, 1, 0))).toBe(9);
  expect(headRadiusPx(fitPlan(2000, 2000, 1, 0))).toBe(17);
});

test('ears glow for what was made for headphones', () => {
  const paintedGlows = (sourceId: string, peak: number): number => {
    const { live } = liveAt(undefined, 0, peak, sourceId);
    const recording = recordingContext();
    paintHead(
      recording.context,
      { live, looks: testLooks(), widthPx: 200, heightPx: 200, pixelRatio: 1 },
      frame,
    );
    return recording.of('createRadialGradient').length;
  };
  expect(paintedGlows('binaural', 0.5)).toBe(2);
  expect(paintedGlows('binaural', 0)).toBe(0);
  expect(paintedGlows('stereo', 0.5)).toBe(0);
});
