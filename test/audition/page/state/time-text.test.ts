import { expect, test } from 'vitest';
import { formatTime, formatWholeTime, spokenTime } from '../../../../src/audition/page/state/time-text.ts';

test('time is minutes, seconds and tenths, which are never rounded up', () => {
  expect(formatTime(0)).toBe('0:00.0');
  expect(formatTime(7.39)).toBe('0:07.3');
  expect(formatTime(59.99)).toBe('0:59.9');
  expect(formatTime(61.1)).toBe('1:01.1');
  expect(formatTime(3723.4)).toBe('1:02:03.4');
  expect(formatTime(-1)).toBe('0:00.0');
});

test('rulers show whole seconds, screen readers words', () => {
  expect(formatWholeTime(90)).toBe('1:30');
  expect(spokenTime(90.7)).toBe('1 minute 30 seconds');
  expect(spokenTime(1)).toBe('1 second');
});
