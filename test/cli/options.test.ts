import { expect, test } from 'vitest';
import { joinNegativeLists, outputFlags, parseTimeSec } from '../../src/cli/options.ts';

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

test('a list of numbers may begin with a minus sign', () => {
  expect(joinNegativeLists(['render', '--head', '-60,0,0', 'a'])).toEqual(['render', '--head=-60,0,0', 'a']);
  const others = ['--loudness', '-16', '--head=1,2,3', '-4,5,6', '-h', 'b'];
  expect(joinNegativeLists(others)).toEqual(others);
});
