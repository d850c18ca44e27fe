import { expect, test } from 'vitest';
import { DragGesture } from '../../../../../src/audition/page/scene-view/space/drag-gesture.ts';

test('one pointer turns: what is near follows it', () => {
  const gesture = new DragGesture();
  expect(gesture.move(1, 0, 0)).toBeUndefined();
  gesture.down(1, 10, 10);
  expect(gesture.isDragging).toBe(true);
  expect(gesture.move(1, 20, 15)).toEqual({ kind: 'turn', rightDeg: -4, upDeg: 2 });
  expect(gesture.up(1)).toBe(false);
  expect(gesture.isDragging).toBe(false);
});

test('without a way it is a click', () => {
  const gesture = new DragGesture();
  gesture.down(1, 10, 10);
  gesture.move(1, 11, 10);
  expect(gesture.up(1)).toBe(true);
});

test('two pointers that part bring it nearer', () => {
  const gesture = new DragGesture();
  gesture.down(1, 0, 0);
  gesture.down(2, 100, 0);
  expect(gesture.move(2, 200, 0)).toEqual({ kind: 'zoom', factor: 0.5 });
  expect(gesture.up(1)).toBe(false);
  expect(gesture.up(2)).toBe(false);
});
