import { expect, test } from 'vitest';
import { emptyBar, meterFraction, moveBar } from '../../../../src/audition/page/state/meter-ballistics.ts';

test('a bar rises at once, falls 20 dB in 1.7 s, and its peak is held', () => {
  let bar = moveBar(emptyBar, 1, 0);
  expect(bar).toMatchObject({ levelDb: 0, holdDb: 0, maxDb: 0 });
  for (let k = 0; k < 17; k++) bar = moveBar(bar, 0, 0.1);
  expect(bar.levelDb).toBeCloseTo(-20, 9);
  expect(bar.maxDb).toBe(0);
  let held = moveBar(emptyBar, 0.5, 0);
  for (let k = 0; k < 14; k++) held = moveBar(held, 0, 0.1);
  expect(held.holdDb).toBeCloseTo(-6.02, 2);
  for (let k = 0; k < 3; k++) held = moveBar(held, 0, 0.1);
  expect(held.holdDb).toBe(held.levelDb);
});

test('silence ends at the bottom', () => {
  let bar = moveBar(emptyBar, 1, 0);
  for (let k = 0; k < 200; k++) bar = moveBar(bar, 0, 0.1);
  expect(bar.levelDb).toBe(-Infinity);
});

test('the scale gives half its height to the upper 20 dB', () => {
  expect([3, 0, -20, -40, -60, -90, -Infinity].map(meterFraction)).toEqual([1, 1, 0.5, 0.25, 0, 0, 0]);
});
