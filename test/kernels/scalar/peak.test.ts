import { expect, test } from 'vitest';
import { createPeak } from '../../../src/kernels/scalar/peak.ts';

test('a FIR of one unit tap gives the sample peak', () => {
  const peak = createPeak(2, { phaseCount: 1, tapCount: 1, coefficients: Float32Array.of(1) });
  const peaks = new Float32Array(2);
  const inputs = [Float32Array.of(0.25, -0.75), Float32Array.of(0.5, 0)];
  peak.maxima(inputs, 2, peaks, new Float32Array(2));
  expect([...peaks]).toEqual([0.75, 0.5]);
  const envelope = new Float32Array(2);
  peak.envelope(inputs, 2, 0.25, envelope);
  expect([...envelope]).toEqual([0.5, 0.75]);
});
