import { expect, test } from 'vitest';
import { integratedLoudnessLufs, loudnessRangeLu, powerToLufs } from '../../src/meter/loudness-gating.ts';

const powerOf = (lufs: number): number => 10 ** ((lufs + 0.691) / 10);
const powersOf = (...levels: number[]): Float64Array => Float64Array.from(levels, powerOf);

test('a mean square of 1 reads -0.691', () => {
  expect(powerToLufs(1)).toBe(-0.691);
  expect(powerToLufs(0)).toBe(-Infinity);
});

test('the absolute gate leaves out what is at or below -70', () => {
  expect(integratedLoudnessLufs(powersOf(-71, -70.001, -90))).toBe(-Infinity);
  expect(integratedLoudnessLufs(powersOf(-69.9, -71))).toBeCloseTo(-69.9, 9);
  expect(integratedLoudnessLufs(new Float64Array(0))).toBe(-Infinity);
});

test('the relative gate lies 10 LU below the mean behind the absolute one', () => {
  // Mean of -20 and -40: -22.97; -40 is below -32.97 and goes.
  expect(integratedLoudnessLufs(powersOf(-20, -40))).toBeCloseTo(-20, 9);
  // Mean of -20 and -28: -22.37; both stay.
  expect(integratedLoudnessLufs(powersOf(-20, -28))).toBeCloseTo(
    powerToLufs((powerOf(-20) + powerOf(-28)) / 2),
    9,
  );
});

test('loudness range: the function of Tech 3342 on a ramp', () => {
  // 101 values -40, -39.8 .. -20: percentiles are the 11th and the 96th.
  const ramp = powersOf(...Array.from({ length: 101 }, (_, i) => -40 + 0.2 * i));
  expect(loudnessRangeLu(ramp)).toBeCloseTo(0.2 * (95 - 10), 9);
});

test('loudness range of silence is 0, and its gate of -20 LU takes out the quiet', () => {
  expect(loudnessRangeLu(powersOf(-80, -Infinity))).toBe(0);
  expect(loudnessRangeLu(powersOf(-20, -20, -20, -60, -60))).toBe(0);
});
