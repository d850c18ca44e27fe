import { describe, expect, test } from 'vitest';
import { createLoudnessCurve } from '../../src/master/loudness-curve.ts';
import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';

const powersOf = (...lufs: number[]): Float64Array =>
  Float64Array.from(lufs, (block) => 10 ** ((block + 0.691) / 10));
const curveOf = (lufs: readonly number[], touchGainDb: number) =>
  createLoudnessCurve({
    blockPowers: powersOf(...lufs),
    touchGainDb,
    measureLufs: integratedLoudnessLufs,
  });

describe('up to the touching gain', () => {
  test('the curve is the gated loudness itself, where the absolute gate lets blocks in too', () => {
    const curve = curveOf([-40, -72, -72, -72], 30);
    expect(curve.at(0)).toBeCloseTo(-40, 9);
    // At 3 dB the quiet blocks pass the absolute gate, which moves the relative one but leaves them out.
    expect(curve.at(3)).toBeCloseTo(-37, 9);
    expect(curveOf([-66, -72, -72, -72], 30).at(1)).toBeCloseTo(-65, 9);
    // -63, -69 and twice more: the mean of four powers.
    expect(curveOf([-66, -72, -72, -72], 30).at(3)).toBeCloseTo(
      10 * Math.log10((10 ** -6.3 + 3 * 10 ** -6.9) / 4),
      9,
    );
  });

  test('a loudness is found at the lowest gain that has it', () => {
    const curve = curveOf([-66, -72, -72, -72], 30);
    expect(curve.solve(-64.5, -Infinity, 20)).toBeCloseTo(1.5, 3);
    expect(curve.solve(-60, -Infinity, 20)).toBeCloseTo(-60 - curve.at(3) + 3, 3);
    expect(curve.solve(-20, -Infinity, 20)).toBe(20);
    expect(curve.solve(-64.5, 2.5, 20)).toBeGreaterThan(2.5);
  });
});
