import { expect, test } from 'vitest';
import { copyFrames, createSampleWindow } from '../../src/meter/sample-window.ts';

test('keeps the newest samples behind their history, over loads of any length', () => {
  const window = createSampleWindow(1, 3, 4);
  const input = Float32Array.from({ length: 12 }, (_, n) => n + 1);
  window.load([input], 0, 2);
  expect([...window.channels[0]!.subarray(0, 5)]).toEqual([0, 0, 0, 1, 2]);
  window.load([input], 2, 1);
  expect([...window.channels[0]!.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
  window.load([input], 3, 4);
  expect([...window.channels[0]!]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  window.load([input], 7, 1);
  expect([...window.channels[0]!.subarray(0, 4)]).toEqual([5, 6, 7, 8]);
  window.fill(0);
  window.load([input], 0, 1);
  expect([...window.channels[0]!.subarray(0, 4)]).toEqual([0, 0, 0, 1]);
});

test('copies stretches, whole arrays too', () => {
  const target = new Float32Array(6);
  copyFrames(Float32Array.of(1, 2, 3), 0, target, 1, 3);
  expect([...target]).toEqual([0, 1, 2, 3, 0, 0]);
  copyFrames(Float32Array.of(7, 8, 9), 1, target, 4, 2);
  expect([...target]).toEqual([0, 1, 2, 3, 8, 9]);
});
