import { expect, test } from 'vitest';
import {
  drawnObjects,
  isCrowd,
  isLetThrough,
  objectGlow,
  paintObjects,
} from '../../../../src/audition/page/scene-view/paint-objects.ts';
import { fitPlan } from '../../../../src/audition/page/scene-view/room-geometry.ts';
import { liveAt, recordingContext, smallScene, testLooks } from './fixtures.ts';

const frame = fitPlan(200, 200, 1, 0);
const pictureAt = (sec: number, looks = testLooks(), peak = 0.5) => ({
  live: liveAt(smallScene(), sec * 48_000, peak).live,
  looks,
  widthPx: 200,
  heightPx: 200,
  pixelRatio: 1,
});

test('objects are drawn where they are; those that are not there are not drawn', () => {
  const drawn = drawnObjects(pictureAt(2), frame);
  expect(drawn.map(({ spot }) => spot.name).sort()).toEqual(['mover', 'wide']);
  const mover = drawn.find(({ spot }) => spot.name === 'mover')!;
  expect([mover.x, mover.y]).toEqual([expect.closeTo(0), expect.closeTo(100)]);
});

test('what is looked at lies on top, what is muted below', () => {
  const names = (looks = testLooks()): string[] =>
    drawnObjects(pictureAt(0.5, looks), frame).map(({ spot }) => spot.name);
  expect(names().at(-1)).toBe('short');
  expect(names(testLooks({ selected: 1 })).at(-1)).toBe('mover');
  expect(names(testLooks({ selected: 1, hovered: 3 })).at(-1)).toBe('wide');
  expect(names(testLooks({ audible: [true, true, false, true] }))[0]).toBe('short');
});

test('objects glow where they are heard', () => {
  const [spot] = pictureAt(1).live.spots;
  expect(objectGlow(testLooks(), spot!)).toBeGreaterThan(0.5);
  expect(objectGlow(testLooks({ isLive: false }), spot!)).toBe(0);
  const muted = testLooks({ audible: [true, false, true, true] });
  expect(isLetThrough(muted, spot!)).toBe(false);
  expect(objectGlow(muted, spot!)).toBe(0);
});

test('dots, extents and trails are drawn; the whole path only of what is looked at', () => {
  const paint = (looks = testLooks()) => {
    const picture = pictureAt(1.5, looks);
    const recording = recordingContext();
    paintObjects(recording.context, picture, frame, drawnObjects(picture, frame));
    return recording;
  };
  const plain = paint();
  const dots = plain.of('arc').filter(([, , radius]) => radius === 5.5);
  expect(dots).toHaveLength(2);
  expect(plain.of('closePath')).toHaveLength(1);
  expect(plain.of('lineTo').length).toBeGreaterThan(10);
  const looked = paint(testLooks({ selected: 1 }));
  expect(looked.of('lineTo').length).toBeGreaterThan(plain.of('lineTo').length + 10);
});

test('a few objects are no crowd', () => {
  expect(isCrowd(pictureAt(0).live)).toBe(false);
});
