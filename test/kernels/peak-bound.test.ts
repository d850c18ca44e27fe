import { expect, test } from 'vitest';
import { annex2Fir, preciseFir } from '../../src/dsp/true-peak-fir.ts';
import { envelopeThresholds, maximumThresholds, peakBounds } from '../../src/kernels/peak-bound.ts';
import { noise } from '../support.ts';

test('the sum bound is the largest L1 norm of the phases, and a little more', () => {
  const { sum } = peakBounds({
    phaseCount: 2,
    tapCount: 2,
    coefficients: Float32Array.of(0.5, -0.25, -1, 0.5),
  });
  expect(sum).toBeGreaterThan(1.5);
  expect(sum).toBeLessThan(1.501);
});

test('a straight line between two samples has no bend', () => {
  const { line, bend } = peakBounds({
    phaseCount: 1,
    tapCount: 4,
    coefficients: Float32Array.of(0, 0.75, 0.25, 0),
  });
  expect(line).toBeCloseTo(1, 3);
  expect(bend).toBe(0);
});

test('the line lies on the two samples around every point between them', () => {
  // Annex 2: between the sixth and the seventh sample before the newest and the one after; precise: 49 taps on.
  expect(peakBounds(annex2Fir).lineTaps).toEqual([5, 6]);
  expect(peakBounds(preciseFir).lineTaps).toEqual([48, 49]);
  const skewed = { phaseCount: 1, tapCount: 3, coefficients: Float32Array.of(1, -0.9, -0.9) };
  expect(peakBounds(skewed)).toMatchObject({ line: Infinity, lineTaps: [0, 2] });
});

test('no interpolated value exceeds the bound by line and second difference', () => {
  const { tapCount, coefficients, phaseCount } = preciseFir;
  const { line, bend } = peakBounds(preciseFir);
  for (let seed = 0; seed < 50; seed++) {
    // Signs of one phase's bend filter would be the worst case; random steps and slopes come near enough to tell.
    const steps = noise(tapCount, seed);
    let [slope, value] = [0, 0];
    const samples = steps.map(
      (step) => (value += slope += step * (seed % 2 ? 1 : 0.01) - 0.3 * slope - 0.05 * value),
    );
    let [largest, difference] = [0, 0];
    samples.forEach((x, n) => {
      largest = Math.max(largest, Math.abs(x));
      if (n > 1) difference = Math.max(difference, Math.abs(x - 2 * samples[n - 1]! + samples[n - 2]!));
    });
    for (let phase = 0; phase < phaseCount; phase++) {
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++)
        sum += coefficients[phase * tapCount + tap]! * samples[tapCount - 1 - tap]!;
      expect(Math.abs(sum)).toBeLessThanOrEqual(line * largest + bend * difference);
    }
  }
});

test('the thresholds stay below what a crest reads on the coarse grids', () => {
  const width = 1.06 * Math.PI;
  expect(maximumThresholds.half).toBeLessThan(Math.cos(width / 4));
  expect(maximumThresholds.quarter).toBeLessThan(Math.cos(width / 8));
  expect(envelopeThresholds.half).toBeLessThan(1 - (1.5 * (width / 4) ** 2) / 2);
  expect(envelopeThresholds.quarter).toBeLessThan(1 - (1.5 * (width / 8) ** 2) / 2);
});
