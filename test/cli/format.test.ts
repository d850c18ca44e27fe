import { formatTime } from '../../src/cli/format.ts';
import { expect, test } from 'vitest';
import { ConfigError, SceneError } from '../../src/base/errors.ts';
import { formatBytes, formatDuration, formatError, formatNumber, formatTable } from '../../src/cli/format.ts';

test('numbers, durations and sizes', () => {
  expect(formatNumber(-14.006, 2)).toBe('-14.01');
  expect(formatNumber(-Infinity)).toBe('-');
  expect(formatNumber(undefined)).toBe('-');
  expect(formatDuration(185.24)).toBe('3:05.2');
  expect(formatDuration(59.99)).toBe('1:00.0');
  expect([0, 999, 1000, 1.25e9].map(formatBytes)).toEqual(['0 B', '999 B', '1.0 kB', '1.3 GB']);
});

test('what rounds to nothing has no sign', () => {
  expect(formatNumber(-0.004)).toBe('0.0');
  expect(formatNumber(-0.06)).toBe('-0.1');
});

test('tables line up and leave no trailing blanks', () => {
  const table = formatTable(
    [{ title: 'target' }, { title: 'LUFS', align: 'right' }],
    [
      ['7.1.4', '-18.05'],
      ['binaural', '-16.0'],
    ],
  );
  expect(table).toBe('target      LUFS\n7.1.4     -18.05\nbinaural   -16.0');
});

test('an error says what, where and what to do', () => {
  expect(
    formatError(new ConfigError('x', 'bad value', { file: 'r.yaml', path: 'targets', hint: 'use 1' })),
  ).toBe('periphon: r.yaml, targets: bad value\n  use 1');
});

test('a long list of faults is cut with its count', () => {
  const issues = Array.from({ length: 53 }, (_, i) => ({
    code: 'c',
    path: i ? `a[${i}]` : '',
    message: 'm',
  }));
  const lines = formatError(new SceneError('scene-invalid', '53 faults', { issues })).split('\n');
  expect(lines[1]).toBe('  (document): m');
  expect(lines).toHaveLength(52);
  expect(lines.at(-1)).toBe('  ... and 3 more');
});

test('a fault that the message lists too is printed once', () => {
  const issues = [{ code: 'c', path: 'beds[0]', message: 'is odd' }];
  const error = new SceneError('scene-invalid', 'the scene has 1 fault:\n  beds[0]: is odd', { issues });
  expect(formatError(error)).toBe('periphon: the scene has 1 fault:\n  beds[0]: is odd');
});

test('places in time to the millisecond', () => {
  expect([0, 9.9996, 185.25, NaN].map(formatTime)).toEqual(['0:00.000', '0:10.000', '3:05.250', '-']);
});
