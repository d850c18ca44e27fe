import { expect, test, vi } from 'vitest';
import {
  HeardFrame,
  type OutputClock,
} from '../../../../../src/audition/page/engine/playback/heard-frame.ts';

const clock = { state: 'running', sampleRate: 48000, currentTime: 2, baseLatency: 0.01 } as const;

test('with a stamp the frame runs on from it with the clock of the page', () => {
  const stamped = { ...clock, getOutputTimestamp: () => ({ contextTime: 1.5, performanceTime: 1000 }) };
  const heard = new HeardFrame(stamped);
  expect(heard.at(1000)).toBe(72000);
  expect(heard.at(1010)).toBe(72480);
});

test('the browser is asked now and then, not for every picture', () => {
  const getOutputTimestamp = vi.fn(() => ({ contextTime: 1.5, performanceTime: 1000 }));
  const heard = new HeardFrame({ ...clock, getOutputTimestamp });
  for (let nowMs = 1000; nowMs <= 1250; nowMs += 10) heard.at(nowMs);
  expect(getOutputTimestamp).toHaveBeenCalledTimes(1);
  getOutputTimestamp.mockReturnValue({ contextTime: 1.8, performanceTime: 1260 });
  expect(heard.at(1260)).toBe(86400);
  expect(getOutputTimestamp).toHaveBeenCalledTimes(2);
});

test('without one it is the time of the context less the latency that is known', () => {
  expect(new HeardFrame(clock).at(0)).toBe(95520);
  const early = { ...clock, getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) };
  expect(new HeardFrame(early).at(5)).toBe(95520);
});

test('a context that rests is not asked, and has been heard to its end; what it said before is forgotten', () => {
  const getOutputTimestamp = vi.fn(() => ({ contextTime: 1.5, performanceTime: 1000 }));
  const changing: { -readonly [key in keyof OutputClock]: OutputClock[key] } = {
    ...clock,
    getOutputTimestamp,
  };
  const heard = new HeardFrame(changing);
  heard.at(1000);
  changing.state = 'suspended';
  expect(heard.at(1100)).toBe(96000);
  expect(heard.at(9000)).toBe(96000);
  expect(getOutputTimestamp).toHaveBeenCalledTimes(1);
  changing.state = 'running';
  getOutputTimestamp.mockReturnValue({ contextTime: 2, performanceTime: 9010 });
  expect(heard.at(9020)).toBe(96480);
});
