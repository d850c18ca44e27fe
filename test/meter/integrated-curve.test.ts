import { expect, test } from 'vitest';
import { integratedCurveLufs } from '../../src/meter/integrated-curve.ts';
import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';
import { noise } from '../support.ts';

test('is at every place what the whole measure of the blocks up to there is', () => {
  // Levels from 0 to -90 dB, so that both gates have work; some blocks are equal.
  const levels = noise(500, 3);
  const powers = Float64Array.from(levels, (value, index) =>
    index % 7 === 0 ? 1e-4 : 10 ** (-4.5 + 4.5 * value),
  );
  const curve = integratedCurveLufs(powers);
  expect(curve).toHaveLength(500);
  for (let k = 0; k < 500; k += 13)
    expect(curve[k]).toBeCloseTo(integratedLoudnessLufs(powers.subarray(0, k + 1)), 9);
});

test('silence and nothing have no loudness', () => {
  expect([...integratedCurveLufs(new Float64Array(3))]).toEqual([-Infinity, -Infinity, -Infinity]);
  expect(integratedCurveLufs(new Float64Array(0))).toHaveLength(0);
});
