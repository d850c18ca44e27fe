import { describe, expect, test } from 'vitest';
import { annex2Fir, designPeakFir, preciseFir } from '../../src/dsp/true-peak-fir.ts';
import type { PolyphaseFir } from '../../src/kernels/interfaces/meters.ts';

/** Value at one phase of a cosine that has its crest there. */
function interpolate(
  { phaseCount, tapCount, coefficients }: PolyphaseFir,
  phase: number,
  hzPerRate: number,
  position = phase / phaseCount,
) {
  let sum = 0;
  for (let tap = 0; tap < tapCount; tap++) {
    const distance = position - (tapCount / 2 - tap);
    sum += coefficients[phase * tapCount + tap]! * Math.cos(2 * Math.PI * hzPerRate * distance);
  }
  return sum;
}

test('Annex 2: the largest L1 norm of a phase is 2.0228, and the phases mirror each other', () => {
  const norms = [0, 1, 2, 3].map((phase) =>
    annex2Fir.coefficients.slice(12 * phase, 12 * phase + 12).reduce((sum, c) => sum + Math.abs(c), 0),
  );
  expect(Math.max(...norms)).toBeCloseTo(2.0228, 4);
  for (let i = 0; i < 48; i++) expect(annex2Fir.coefficients[i]).toBe(annex2Fir.coefficients[47 - i]);
});

test('Annex 2: the phases lie between the two middle samples, in order', () => {
  for (let phase = 0; phase < 4; phase++) {
    expect(Math.abs(interpolate(annex2Fir, phase, 0.1, (phase + 0.5) / 4) - 1)).toBeLessThan(0.03);
  }
});

describe.each([
  [8, 48, 0.43],
  [16, 32, 0.4],
  [32, 64, 0.45],
  [32, 98, 0.46],
])('%i phases of %i taps', (phaseCount, tapCount, highest) => {
  test('give a cosine its crest at every phase', () => {
    const fir = designPeakFir({ phaseCount, tapCount });
    expect(fir.coefficients).toHaveLength(phaseCount * tapCount);
    for (const hzPerRate of [0, 0.01, 0.1, 0.25, 0.35, highest]) {
      for (let phase = 0; phase < phaseCount; phase++) {
        expect(Math.abs(interpolate(fir, phase, hzPerRate) - 1), `${hzPerRate}`).toBeLessThan(1.2e-3);
      }
    }
  });
});

test('the precise filter: phase 0 is the sample, and opposite phases mirror each other', () => {
  const { phaseCount, tapCount, coefficients } = preciseFir;
  const row = (phase: number) => coefficients.subarray(phase * tapCount, (phase + 1) * tapCount);
  expect([...row(0)].map((tap, index) => (tap !== 0 ? [index, tap] : [])).flat()).toEqual([tapCount / 2, 1]);
  for (let phase = 1; phase < phaseCount; phase++) {
    const mirrored = row(phaseCount - phase).toReversed();
    row(phase).forEach((tap, index) => expect(Math.abs(tap - mirrored[index]!)).toBeLessThan(1e-7));
  }
});
