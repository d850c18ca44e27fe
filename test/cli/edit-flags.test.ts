import { expect, test } from 'vitest';
import { editSettings } from '../../src/cli/edit-flags.ts';

test('lengths in seconds, minutes or samples, and curves', () => {
  expect(
    editSettings({ trimHead: '480samples', trimTail: '1:02.5', fadeIn: '0.01', fadeOut: '4, linear' }),
  ).toEqual({
    trimHead: { durationSamples: 480 },
    trimTail: { durationSec: 62.5 },
    fadeIn: { durationSec: 0.01, curve: undefined },
    fadeOut: { durationSec: 4, curve: 'linear' },
  });
  expect(editSettings({})).toEqual({});
});

test('anything else is refused', () => {
  expect(() => editSettings({ trimHead: '-1' })).toThrow('--trim-head is "-1"');
  expect(() => editSettings({ fadeIn: '1,log' })).toThrow('linear, equal-power, raised-cosine');
  expect(() => editSettings({ fadeOut: '1,linear,2' })).toThrow('--fade-out is "1,linear,2"');
});
