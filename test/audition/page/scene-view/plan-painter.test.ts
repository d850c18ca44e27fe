import { expect, test } from 'vitest';
import {
  clearCanvas,
  pickObject,
  PlanPainter,
} from '../../../../src/audition/page/scene-view/plan-painter.ts';
import { liveAt, recordingContext, smallScene, testLooks } from './fixtures.ts';

const canvasOf = (context: CanvasRenderingContext2D) =>
  ({ width: 0, height: 0, getContext: () => context }) as unknown as HTMLCanvasElement;
const picture = {
  live: liveAt(smallScene(), 2 * 48_000).live,
  looks: testLooks(),
  widthPx: 300,
  heightPx: 200,
  pixelRatio: 2,
};

test('the canvas has the pixels of the screen', () => {
  const { context, of } = recordingContext();
  const canvas = canvasOf(context);
  clearCanvas(canvas, context, picture);
  expect([canvas.width, canvas.height]).toEqual([600, 400]);
  expect(of('setTransform')).toEqual([[2, 0, 0, 2, 0, 0]]);
});

test('a painted object is found under the pointer, and nothing beside it', () => {
  const painter = new PlanPainter(canvasOf(recordingContext().context));
  expect(painter.pick(88, 100)).toBeUndefined();
  painter.paint(picture);
  // The mover is at the left: middle 150, radius 100 without the margin of 38.
  expect(painter.pick(90, 103)).toBe(1);
  expect(painter.pick(120, 60)).toBeUndefined();
  painter.dispose();
  expect(painter.pick(90, 103)).toBeUndefined();
});

test('of two at one place, the one on top is picked', () => {
  const [first, second] = picture.live.spots;
  const at = { x: 10, y: 10, radiusPx: 5 };
  expect(
    pickObject(
      [
        { spot: first!, ...at },
        { spot: second!, ...at },
      ],
      12,
      10,
    ),
  ).toBe(2);
});
