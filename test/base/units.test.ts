import { expect, test } from 'vitest';
import { dbToGain, degToRad, gainToDb, powerToDb, radToDeg } from '../../src/base/units.ts';

test('levels and gains', () => {
  expect(dbToGain(20)).toBe(10);
  expect(dbToGain(-Infinity)).toBe(0);
  expect(gainToDb(-0.5)).toBeCloseTo(-6.0206, 4);
  expect(gainToDb(0)).toBe(-Infinity);
  expect(powerToDb(0.5)).toBeCloseTo(-3.0103, 4);
});

test('angles', () => {
  expect(degToRad(180)).toBe(Math.PI);
  expect(radToDeg(Math.PI / 2)).toBe(90);
});
