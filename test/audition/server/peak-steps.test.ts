import { expect, test } from 'vitest';
import { createPeakSteps } from '../../../src/audition/server/peak-steps.ts';

test('the extremes of all channels in each step, however it is cut into blocks', () => {
  const frameCount = 10_000;
  const steps = createPeakSteps(frameCount);
  expect(steps.stepFrames).toBe(3);
  const left = Float32Array.from({ length: frameCount }, (_, n) => (n === 4 ? 1 : n / 20_000));
  const right = Float32Array.from({ length: frameCount }, (_, n) => (n === 5 ? -0.25 : 0));
  for (let at = 0; at < frameCount; at += 1000)
    steps.take({ channels: [left.subarray(at, at + 1000), right.subarray(at, at + 1000)], frameCount: 1000 });
  const peaks = steps.finish();
  expect(peaks).toHaveLength(2 * Math.ceil(frameCount / 3));
  expect(peaks.slice(0, 4)).toEqual([0, 0, -32, 127]);
  expect(peaks.slice(-2)).toEqual([0, Math.round((127 * 9999) / 20_000)]);
});

test('a short programme has a step a frame', () => {
  expect(createPeakSteps(5).stepFrames).toBe(1);
  expect(createPeakSteps(4001).stepFrames).toBe(2);
});
