import { expect, test } from 'vitest';
import { outputFlags, parseTimeSec } from '../../src/cli/options.ts';

test('times', () => {
  expect(parseTimeSec('12.5', 'from')).toBe(12.5);
  expect(parseTimeSec('1:02.5', 'from')).toBe(62.5);
  expect(parseTimeSec('1:00:02', 'from')).toBe(3602);
  expect(parseTimeSec(undefined, 'from')).toBeUndefined();
  expect(() => parseTimeSec('soon', 'from')).toThrow(/--from is "soon"/);
  expect(() => parseTimeSec('-1', 'from')).toThrow(/--from/);
});

test('flags that are absent are off', () => {
  expect(outputFlags({ json: true })).toEqual({ json: true, quiet: false, verbose: false, strict: false });
});
