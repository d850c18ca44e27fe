import { expect, test } from 'vitest';
import {
  blockSchema,
  fractionPattern,
  gainDb,
  positionSchema,
  seconds,
} from '../../src/scene/schema-parts.ts';

test.each([
  ['1001/30000', true],
  ['0/1', true],
  ['1/0', false],
  ['-1/2', false],
  ['1.5/2', false],
  ['1', false],
])('fraction %s: %s', (text, fits) => expect(fractionPattern.test(text)).toBe(fits));

test('seconds are numbers or fractions, not negative', () => {
  const schema = seconds('Time.');
  expect([0, 1.5, '1/3'].every((value) => schema.safeParse(value).success)).toBe(true);
  expect([-1, '1', 'x', Infinity, NaN, null].some((value) => schema.safeParse(value).success)).toBe(false);
});

test('a gain of null is silence', () => {
  expect(gainDb('Gain.').safeParse(null).success).toBe(true);
  expect(gainDb('Gain.').safeParse(-Infinity).success).toBe(false);
});

test('positions are polar or cartesian, not both', () => {
  expect(positionSchema.safeParse({ azimuthDeg: 180, elevationDeg: -90, distance: 0 }).success).toBe(true);
  expect(
    positionSchema.safeParse({ x: -1, y: 1, z: 1, screenEdgeLock: { horizontal: 'left' } }).success,
  ).toBe(true);
  expect(positionSchema.safeParse({ azimuthDeg: 0, x: 0, y: 0 }).success).toBe(false);
});

test('a block may be empty', () => expect(blockSchema.safeParse({}).success).toBe(true));
