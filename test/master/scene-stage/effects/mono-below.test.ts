import { expect, test } from 'vitest';
import { monoBelowEffect } from '../../../../src/master/scene-stage/effects/mono-below.ts';
import { effectContext, runEffect } from '../effect-support.ts';

const sine = (frequencyHz: number, gain: number): Float32Array =>
  Float32Array.from({ length: 48000 }, (_, n) => gain * Math.sin((2 * Math.PI * frequencyHz * n) / 48000));
/** Of the last half second, in dB. */
const levelDb = (samples: Float32Array): number => {
  const last = samples.subarray(24000);
  return 10 * Math.log10((2 * last.reduce((sum, x) => sum + x * x, 0)) / last.length);
};

test.each([
  [120, 24, 1, -3.01],
  [60, 24, 1, -24.1],
  [60, 6, 1, -6.99],
  [1000, 12, 1, 0],
])(
  'sides at %i Hz below a filter of %i dB an octave at 120 Hz',
  async (frequencyHz, slope, amount, wantedDb) => {
    const context = await effectContext({ trackCount: 2, amount });
    const inputs = [sine(frequencyHz, 1), sine(frequencyHz, -1)];
    const slopeDbPerOct = slope as 6 | 12 | 24;
    const effect = monoBelowEffect.create({ frequencyHz: 120, slopeDbPerOct }, context);
    const [left, right] = runEffect(effect, inputs);
    expect(levelDb(left!)).toBeCloseTo(wantedDb, 1);
    expect(levelDb(right!)).toBeCloseTo(wantedDb, 1);
  },
);

test('half the amount leaves half of a deep difference; the middle keeps every bit', async () => {
  const context = await effectContext({ trackCount: 2, amount: 0.5 });
  const effect = monoBelowEffect.create({ frequencyHz: 800, slopeDbPerOct: 48 }, context);
  expect(levelDb(runEffect(effect, [sine(50, 1), sine(50, -1)])[0]!)).toBeCloseTo(-6.02, 1);
  effect.reset();
  const middle = sine(50, 1);
  expect(runEffect(effect, [middle, middle])).toEqual([middle, middle]);
});
