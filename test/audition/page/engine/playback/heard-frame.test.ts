import { expect, test, vi } from 'vitest';
import {
  HeardFrame,
  type OutputClock,
} from '../../../../../src/audition/page/engine/playback/heard-frame.ts';

type Changing = { -readonly [key in keyof OutputClock]: OutputClock[key] };

const clockOf = (more: Partial<OutputClock> = {}): Changing => ({
  state: 'running',
  sampleRate: 48000,
  currentTime: 5,
  baseLatency: 0.01,
  ...more,
});

test('with a stamp the frame runs on from it with the clock of the page', () => {
  const heard = new HeardFrame(
    clockOf({ getOutputTimestamp: () => ({ contextTime: 4.5, performanceTime: 1000 }) }),
  );
  expect(heard.at(1000)).toBe(216000);
  expect(heard.at(1010)).toBe(216480);
});

test('the browser is asked now and then, not for every picture', () => {
  const getOutputTimestamp = vi.fn(() => ({ contextTime: 4.5, performanceTime: 1000 }));
  const heard = new HeardFrame(clockOf({ getOutputTimestamp }));
  for (let nowMs = 1000; nowMs <= 1250; nowMs += 10) heard.at(nowMs);
  expect(getOutputTimestamp).toHaveBeenCalledTimes(1);
  getOutputTimestamp.mockReturnValue({ contextTime: 4.8, performanceTime: 1260 });
  expect(heard.at(1260)).toBe(230400);
  expect(getOutputTimestamp).toHaveBeenCalledTimes(2);
});

test('without one it is the time of the context less the latency that is known', () => {
  expect(new HeardFrame(clockOf()).at(0)).toBe(239520);
  const early = clockOf({ getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) });
  expect(new HeardFrame(early).at(5)).toBe(239520);
});

test('a context that starts or rests is not asked; the latency that it had is remembered', () => {
  const getOutputTimestamp = vi.fn(() => ({ contextTime: 2.05, performanceTime: 1000 }));
  const clock = clockOf({ getOutputTimestamp, currentTime: 1.9 });
  const heard = new HeardFrame(clock);
  expect(heard.at(900)).toBe(Math.round(1.89 * 48000));
  expect(getOutputTimestamp).not.toHaveBeenCalled();
  clock.currentTime = 2.1;
  heard.at(1000);
  expect(getOutputTimestamp).toHaveBeenCalledTimes(1);
  clock.state = 'suspended';
  clock.currentTime = 3;
  expect(heard.at(1900)).toBe(144000);
  expect(heard.at(9000)).toBe(144000);
  clock.state = 'running';
  clock.currentTime = 4;
  expect(heard.at(10_000)).toBe(Math.round(3.95 * 48000));
  expect(getOutputTimestamp).toHaveBeenCalledTimes(1);
  clock.currentTime = 5.1;
  getOutputTimestamp.mockReturnValue({ contextTime: 5, performanceTime: 11_100 });
  expect(heard.at(11_100)).toBe(240000);
});
