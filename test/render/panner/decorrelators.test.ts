import { expect, test } from 'vitest';
import { createFft } from '../../../src/dsp/fft.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import {
  decorrelatorDelaySamples,
  decorrelatorTapCount,
  designDecorrelators,
} from '../../../src/render/panner/decorrelators.ts';

test('every filter passes all frequencies alike, and no two are the same', () => {
  const filters = designDecorrelators(getLayout('9+10+3'));
  expect(filters).toHaveLength(24);
  expect(new Set(filters.map((filter) => filter.join())).size).toBe(24);
  const fft = createFft(decorrelatorTapCount);
  for (const filter of filters) {
    const [real, imaginary] = [Float64Array.from(filter), new Float64Array(decorrelatorTapCount)];
    fft.forward(real, imaginary);
    real.forEach((re, bin) => expect(Math.abs(Math.hypot(re, imaginary[bin]!) - 1)).toBeLessThan(1e-6));
  }
});

test('the middle of a filter is where the direct path is put', () => {
  expect(decorrelatorDelaySamples).toBe(255);
});
