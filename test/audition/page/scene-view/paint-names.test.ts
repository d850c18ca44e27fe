import { expect, test } from 'vitest';
import { LabelLayout } from '../../../../src/audition/page/scene-view/label-layout.ts';
import { paintNames } from '../../../../src/audition/page/scene-view/paint-names.ts';
import { drawnObjects } from '../../../../src/audition/page/scene-view/paint-objects.ts';
import { fitPlan } from '../../../../src/audition/page/scene-view/room-geometry.ts';
import { liveAt, recordingContext, smallScene, testLooks } from './fixtures.ts';

const namesWith = (looks = testLooks()) => {
  const { live } = liveAt(smallScene(), 0, 0.5);
  const picture = { live, looks, widthPx: 300, heightPx: 300, pixelRatio: 1 };
  const recording = recordingContext();
  const drawn = drawnObjects(picture, fitPlan(300, 300, 1, 40));
  paintNames(recording.context, picture, drawn, new LabelLayout(), []);
  return recording.of('fillText').map(([text]) => text);
};

test('all names are written, or only that of what is looked at', () => {
  expect(namesWith().sort()).toEqual(['mover', 'short', 'wide']);
  expect(namesWith(testLooks({ hasNames: false }))).toEqual([]);
  expect(namesWith(testLooks({ hasNames: false, hovered: 3 }))).toEqual(['wide']);
});

test('what is looked at is named first, what is muted last', () => {
  expect(namesWith(testLooks({ selected: 3 }))[0]).toBe('wide');
  expect(namesWith(testLooks({ audible: [true, false, true, true] })).at(-1)).toBe('mover');
});
