import { expect, test } from 'vitest';
import { createMersenneTwister } from '../../src/math/mersenne-twister.ts';

test('the numbers that MT19937 gives for its reference seed', () => {
  const random = createMersenneTwister(5489);
  const words = Array.from({ length: 10_000 }, () => random() * 2 ** 32);
  expect(words.slice(0, 3)).toEqual([3499211612, 581869302, 3890346734]);
  // The ten thousandth number is a check value of ISO C++ (std::mt19937).
  expect(words[9_999]).toBe(4123659995);
});

test('stays in [0, 1) and is even over many renewals', () => {
  const random = createMersenneTwister(7);
  const values = Array.from({ length: 100_000 }, random);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.005);
});
