import { expect, test } from 'vitest';
import { formatTimecode, frameRateNames, parseTimecode } from '../../src/base/timecode.ts';

test('whole frame rates: the clock and the frame', () => {
  expect(parseTimecode('00:00:01:12', '24')).toBe(1.5);
  expect(parseTimecode('01:02:03:05', '25')).toBe(3723.2);
  expect(parseTimecode('01:00:00:00', '30')).toBe(3600);
});

test('NTSC rates count frames of 1001/1000: an hour of timecode at 23.976 lasts 3603.6 s', () => {
  expect(parseTimecode('01:00:00:00', '23.976')).toBeCloseTo(3603.6, 9);
  expect(parseTimecode('00:00:00:29', '29.97')).toBeCloseTo((29 * 1001) / 30000, 12);
});

test('drop-frame (SMPTE ST 12-1): ten minutes hold 17982 frames, an hour 107892', () => {
  expect(parseTimecode('00:10:00;00', '29.97df')).toBeCloseTo((17982 * 1001) / 30000, 9);
  expect(parseTimecode('01:00:00;00', '29.97df')).toBeCloseTo((107892 * 1001) / 30000, 9);
  expect(parseTimecode('00:01:00;02', '29.97df')).toBeCloseTo((1800 * 1001) / 30000, 9);
  expect(formatTimecode((1799 * 1001) / 30000, '29.97df')).toBe('00:00:59;29');
  expect(formatTimecode((1800 * 1001) / 30000, '29.97df')).toBe('00:01:00;02');
  expect(parseTimecode('00:01:00;01', '29.97df')).toBeUndefined();
  expect(parseTimecode('00:10:00;01', '29.97df')).toBeDefined();
});

test('what is no timecode of the rate', () => {
  for (const text of ['1:00:00:00', '00:00:00', '00:60:00:00', '00:00:60:00', '00:00:00:24', 'none'])
    expect(parseTimecode(text, '24'), text).toBeUndefined();
});

test('every frame of a quarter of an hour is formatted as it was read, at all rates', () => {
  for (const rate of frameRateNames) {
    const count = Math.round(Number.parseFloat(rate));
    const separator = rate === '29.97df' ? ';' : ':';
    let seen = 0;
    for (let second = 0; second < 900; second += 1) {
      const frames = second % 60 < 2 || second % 60 === 59 ? count : 1;
      for (let frame = 0; frame < frames; frame++) {
        const clock = [0, Math.floor(second / 60), second % 60].map((part) => String(part).padStart(2, '0'));
        const text = `${clock.join(':')}${separator}${String(frame).padStart(2, '0')}`;
        const timeSec = parseTimecode(text, rate);
        if (timeSec === undefined) continue;
        // Masters keep times in steps of 10 microseconds.
        expect(formatTimecode(Math.round(timeSec * 1e5) / 1e5, rate)).toBe(text);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(1500);
  }
});
