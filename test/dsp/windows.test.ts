import { expect, test } from 'vitest';
import { besselI0, cosineFade, kaiser, sinc } from '../../src/dsp/windows.ts';

test('besselI0 agrees with Abramowitz and Stegun, table 9.8', () => {
  expect(besselI0(0)).toBe(1);
  expect(besselI0(1)).toBeCloseTo(1.2660658777520082, 12);
  expect(besselI0(5)).toBeCloseTo(27.239871823604442, 10);
});

test('kaiser is 1 in the middle, 1 / I0(beta) at the edge, 0 outside', () => {
  expect(kaiser(0, 8)).toBe(1);
  expect(kaiser(0.999999, 8)).toBeCloseTo(1 / besselI0(8), 4);
  expect(kaiser(1.01, 8)).toBe(0);
});

test('cosineFade and sinc at their landmarks', () => {
  expect([0, 1, 1.5, 2, 3].map((x) => cosineFade(x, 1, 2))).toEqual([1, 1, expect.closeTo(0.5), 0, 0]);
  expect(sinc(0)).toBe(1);
  expect(sinc(0.5)).toBeCloseTo(2 / Math.PI, 12);
  expect(sinc(3)).toBeCloseTo(0, 12);
});
