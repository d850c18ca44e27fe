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
    estimateDb: (gainDb) => new Float64Array(lufs.length).fill(0.5 * (gainDb - touchGainDb)),
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

describe('above the touching gain', () => {
  test('the estimate counts until a pass has shown better, and its error from there to the touching gain', () => {
    const curve = curveOf([-20, -20], 0);
    expect(curve.at(4)).toBeCloseTo(-18, 9);
    curve.learn(4, powersOf(-17, -17));
    expect(curve.at(4)).toBeCloseTo(-17, 9);
    expect(curve.at(2)).toBeCloseTo(-18.5, 9);
    // Behind one pass its error holds, behind two it goes on.
    expect(curve.at(6)).toBeCloseTo(-16, 9);
    curve.learn(6, powersOf(-15, -15));
    expect(curve.at(6)).toBeCloseTo(-15, 9);
    expect(curve.at(5)).toBeCloseTo(-16, 9);
    expect(curve.at(7)).toBeCloseTo(-14, 9);
  });

  test('a jump that the gates make is found, and stopped short of', () => {
    // The second half of the blocks gets no louder, until the relative gate drops it.
    const lufs = Array.from({ length: 20 }, (_, block) => (block < 10 ? -20 : -29.5));
    const curve = createLoudnessCurve({
      blockPowers: powersOf(...lufs),
      touchGainDb: 0,
      measureLufs: integratedLoudnessLufs,
      estimateDb: (gainDb) => Float64Array.from(lufs, (block) => (block < -25 ? gainDb : 0)),
    });
    let jumpDb = 0;
    while (curve.at(jumpDb + 0.001) - curve.at(jumpDb) < 1) jumpDb += 0.001;
    const inJumpLufs = curve.at(jumpDb) + 1;
    expect(curve.solve(inJumpLufs, -Infinity, 20)).toBeLessThan(jumpDb);
    expect(curve.solve(inJumpLufs, -Infinity, 20)).toBeGreaterThan(jumpDb - 0.03);
  });
});
