import { expect, test } from 'vitest';
import { LabelLayout, type LabelRequest } from '../../../../src/audition/page/scene-view/label-layout.ts';

const request = (key: number, x: number, y: number, more: Partial<LabelRequest> = {}): LabelRequest => ({
  key,
  x,
  y,
  radiusPx: 4,
  widthPx: 40,
  heightPx: 14,
  isForced: false,
  ...more,
});

test('a name stands to the right of its point', () => {
  expect(new LabelLayout().arrange([request(1, 50, 50)], 200, 100)).toEqual([{ key: 1, x: 58, y: 50 }]);
});

test('names do not cover each other, the edge or points', () => {
  const layout = new LabelLayout();
  const spots = layout.arrange([request(1, 50, 50), request(2, 52, 54), request(3, 190, 50)], 200, 100);
  expect(spots).toHaveLength(3);
  const [first, second, third] = spots;
  expect(Math.abs(first!.x - second!.x) >= 40 || Math.abs(first!.y - second!.y) >= 14).toBe(true);
  expect(third!.x + 40).toBeLessThan(190);
  expect(layout.arrange([request(4, 50, 50)], 200, 100, [[70, 50, 5]])[0]!.x).toBeLessThan(50);
});

test('without room a name is left out, unless it is looked at', () => {
  const crowd = Array.from({ length: 9 }, (_, key) => request(key, 50, 50));
  expect(new LabelLayout().arrange(crowd, 200, 100).length).toBeLessThan(9);
  const forced = crowd.map((each) => ({ ...each, isForced: true }));
  expect(new LabelLayout().arrange(forced, 200, 100)).toHaveLength(9);
});

test('a name keeps its side as long as it is free', () => {
  const layout = new LabelLayout();
  const [pushed] = layout.arrange([request(1, 50, 50)], 200, 100, [[70, 50, 5]]);
  expect(layout.arrange([request(1, 51, 50)], 200, 100)[0]!.x).toBeCloseTo(pushed!.x + 1);
});
