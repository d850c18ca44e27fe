import { expect, test } from 'vitest';
import { rationalToSec } from '../../../src/base/time.ts';
import {
  attributeTime,
  childFlag,
  childGainDb,
  childNumber,
  isTrue,
  normalizeId,
  parseNumber,
  parseTime,
  valueError,
} from '../../../src/io/adm/adm-values.ts';
import type { XmlNode } from '../../../src/io/adm/xml-tree.ts';

const place = { file: 'x.wav', path: 'AB_1' };
const node = (name: string, text: string, attributes: Record<string, string> = {}): XmlNode => ({
  name,
  attributes,
  children: [],
  text,
});
const holder = (...children: XmlNode[]): XmlNode => ({ name: 'block', attributes: {}, children, text: '' });

test('times are exact, decimal or as a fraction', () => {
  expect(parseTime('00:00:05.00000', 'rtime', place)).toEqual({ numerator: 500000n, denominator: 100000n });
  expect(parseTime('01:02:03.5', 'rtime', place)).toEqual({ numerator: 37235n, denominator: 10n });
  expect(parseTime('00:00:01.24000S48000', 'rtime', place)).toEqual({
    numerator: 72000n,
    denominator: 48000n,
  });
  expect(rationalToSec(parseTime('00:00:07', 'rtime', place))).toBe(7);
  // More than a double can count.
  expect(parseTime('9999:59:59.123456789012', 'rtime', place)).toEqual({
    numerator: 35999999_123456789012n,
    denominator: 1_000_000_000_000n,
  });
  expect(attributeTime(node('b', '', { rtime: '00:00:00.1' }), 'rtime', place)).toEqual({
    numerator: 1n,
    denominator: 10n,
  });
  expect(attributeTime(node('b', ''), 'rtime', place)).toBeUndefined();
  for (const wrong of ['5', '00:00:00.1S0', '-00:00:01', 'a:b:c', '00:00:00.1234567890123'])
    expect(() => parseTime(wrong, 'rtime', place)).toThrow(/x.wav: AB_1: rtime is/);
});

test('gains in dB or linear', () => {
  expect(childGainDb(holder(), place)).toBe(0);
  expect(childGainDb(holder(node('gain', '0.5')), place)).toBeCloseTo(-6.0206, 4);
  expect(childGainDb(holder(node('gain', '0')), place)).toBe(-Infinity);
  expect(childGainDb(holder(node('gain', '-3.5', { gainUnit: 'dB' })), place)).toBe(-3.5);
  expect(childGainDb(holder(node('gain', '-inf', { gainUnit: 'dB' })), place)).toBe(-Infinity);
  expect(() => childGainDb(holder(node('gain', '-1')), place)).toThrow(
    /gain is "-1"; allowed: a number from 0/,
  );
  expect(() => childGainDb(holder(node('gain', 'loud')), place)).toThrow(/gain is "loud"/);
});

test('numbers and flags', () => {
  expect(parseNumber(' 1e-3 ', 'width', place)).toBe(0.001);
  expect(childNumber(holder(node('width', '0.5')), 'width', place, 0, 1)).toBe(0.5);
  expect(childNumber(holder(), 'width', place)).toBeUndefined();
  expect(() => parseNumber('', 'width', place)).toThrow(/allowed: a number$/);
  expect(() => parseNumber('2', 'width', place, 0, 1)).toThrow(/from 0 to 1/);
  expect([isTrue('1'), isTrue('true'), isTrue('0'), isTrue(undefined)]).toEqual([true, true, false, false]);
  expect(childFlag(holder(node('mute', '1')), 'mute')).toBe(true);
  expect(childFlag(holder(), 'mute')).toBe(false);
  expect(normalizeId(' AO_100b ')).toBe('AO_100B');
  expect(valueError(place, 'x', 'y', 'z')).toMatchObject({ code: 'adm-value', path: 'AB_1' });
});

test('a time that was read before is the same object: objects move on one grid', () => {
  const time = parseTime('00:01:00.05000', 'rtime', place);
  expect(time).toEqual({ numerator: 6_005_000n, denominator: 100_000n });
  expect(parseTime('00:01:00.05000', 'rtime', place)).toBe(time);
  expect(parseTime('00:00:00.7S3', 'rtime', place)).toEqual({ numerator: 7n, denominator: 3n });
});
