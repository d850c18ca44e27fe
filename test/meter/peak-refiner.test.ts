import { expect, test } from 'vitest';
import { createPeakRefiner, refinerHalfWidth } from '../../src/meter/peak-refiner.ts';

test('finds the crest of a sine between two samples within 0.012 dB, up to 0.45 of the rate', () => {
  const refine = createPeakRefiner();
  for (const hzPerRate of [0.01, 0.1, 0.25, 0.37, 0.45]) {
    for (const crest of [0.03, 0.2, 0.5, 0.77, 0.99]) {
      const middle = refinerHalfWidth + 4;
      const samples = Float32Array.from({ length: 2 * middle }, (_, n) =>
        Math.cos(2 * Math.PI * hzPerRate * (n - middle - crest)),
      );
      expect(Math.abs(20 * Math.log10(refine(samples, middle))), `${hzPerRate} ${crest}`).toBeLessThan(0.012);
    }
  }
});

test('is never below the two samples', () => {
  const samples = new Float32Array(2 * refinerHalfWidth + 2);
  samples[refinerHalfWidth] = -0.7;
  expect(createPeakRefiner()(samples, refinerHalfWidth)).toBeGreaterThanOrEqual(Math.fround(0.7));
  expect(createPeakRefiner()(samples, refinerHalfWidth - 1)).toBeGreaterThanOrEqual(Math.fround(0.7));
});
