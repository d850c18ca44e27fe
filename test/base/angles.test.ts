import { expect, test } from 'vitest';
import { angleAtOrAfter, interpolate, isInsideAngleRange, localAxes } from '../../src/base/angles.ts';

test('angleAtOrAfter shifts by whole turns', () => {
  expect([
    angleAtOrAfter(0, -30),
    angleAtOrAfter(-180, 180),
    angleAtOrAfter(10, 10),
    angleAtOrAfter(10, 370),
  ]).toEqual([330, -180, 10, 10]);
});

test('isInsideAngleRange: examples of BS.2127-1 clause 6.2', () => {
  expect(isInsideAngleRange(0, 0, 10)).toBe(true);
  expect(isInsideAngleRange(-1, 0, 10)).toBe(false);
  expect(isInsideAngleRange(350, -20, 20)).toBe(true);
  expect(isInsideAngleRange(180, 170, -170)).toBe(true);
  expect(isInsideAngleRange(0, 170, -170)).toBe(false);
  expect(isInsideAngleRange(123, -180, 180)).toBe(true);
  expect(isInsideAngleRange(0, -180, -180)).toBe(false);
  expect(isInsideAngleRange(180, -180, -180)).toBe(true);
  expect(isInsideAngleRange(10.5, 0, 10, 1)).toBe(true);
});

test('localAxes of one who faces left', () => {
  const [right, front, up] = localAxes(90, 0);
  expect(right[1]).toBeCloseTo(1);
  expect(front[0]).toBeCloseTo(-1);
  expect(up[2]).toBeCloseTo(1);
});

test('interpolate is constant outside of its points', () => {
  expect([-1, 0, 0.5, 1, 3, 9].map((x) => interpolate(x, [0, 1, 3], [0, 10, 0]))).toEqual([
    0, 0, 5, 10, 0, 0,
  ]);
});
