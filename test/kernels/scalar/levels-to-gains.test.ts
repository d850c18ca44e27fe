import { expect, test } from 'vitest';
import { levelsToGains } from '../../../src/kernels/scalar/levels-to-gains.ts';

test('levels in dB are gains, and half of a gain is beside half of what was', () => {
  const levels = Float32Array.of(0, 20, -20, -6);
  levelsToGains(levels, 3, 1, levels);
  expect([...levels]).toEqual([1, 10, Math.fround(0.1), -6]);
  levelsToGains(Float32Array.of(-20), 1, 0.5, levels);
  expect(levels[0]).toBeCloseTo(0.55, 6);
});
