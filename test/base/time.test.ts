import { expect, test } from 'vitest';
import {
  addRational,
  compareRational,
  rationalFromDecimal,
  rationalToSamplesCeil,
  rationalToSec,
  reduceRational,
} from '../../src/base/time.ts';

test('decimals are exact', () => {
  const sum = addRational(rationalFromDecimal(0.1), rationalFromDecimal('0.2'));
  expect(compareRational(sum, rationalFromDecimal('0.3'))).toBe(0);
  expect(rationalToSec(rationalFromDecimal('1e-3'))).toBe(0.001);
  expect(rationalToSec(rationalFromDecimal(2.5e21))).toBe(2.5e21);
  expect(compareRational(rationalFromDecimal(-1), rationalFromDecimal(0))).toBe(-1);
  expect(() => rationalFromDecimal('soon')).toThrow(RangeError);
});

test('the first sample of a time is its ceiling', () => {
  expect(rationalToSamplesCeil(rationalFromDecimal('0.005208'), 48000)).toBe(250);
  expect(rationalToSamplesCeil(rationalFromDecimal('1'), 44100)).toBe(44100);
  expect(rationalToSamplesCeil({ numerator: 1n, denominator: 3n }, 48000)).toBe(16000);
  expect(rationalToSamplesCeil({ numerator: 1n, denominator: 7n }, 48000)).toBe(6858);
});

test('lowest terms', () => {
  expect(reduceRational({ numerator: -24_000n, denominator: 48_000n })).toEqual({
    numerator: -1n,
    denominator: 2n,
  });
  expect(reduceRational({ numerator: 0n, denominator: 48_000n })).toEqual({ numerator: 0n, denominator: 1n });
});
