import { expect, test } from 'vitest';
import { heardContextFrame } from '../../../../../src/audition/page/engine/playback/heard-frame.ts';

const clock = { sampleRate: 48000, currentTime: 2, baseLatency: 0.01 };

test('with a stamp the frame runs on from it with the clock of the page', () => {
  const stamped = { ...clock, getOutputTimestamp: () => ({ contextTime: 1.5, performanceTime: 1000 }) };
  expect(heardContextFrame(stamped, 1000)).toBe(72000);
  expect(heardContextFrame(stamped, 1010)).toBe(72480);
});

test('without one it is the time of the context less the latency that is known', () => {
  expect(heardContextFrame(clock, 0)).toBe(95520);
  expect(heardContextFrame({ ...clock, outputLatency: 0.02 }, 0)).toBe(95040);
  const early = { ...clock, getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) };
  expect(heardContextFrame(early, 5)).toBe(95520);
});
