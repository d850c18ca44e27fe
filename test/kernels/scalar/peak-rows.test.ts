import { expect, test } from 'vitest';
import { createPeakRows } from '../../../src/kernels/scalar/peak-rows.ts';

/** A FIR that hands its newest sample on. */
const identity = { phaseCount: 1, tapCount: 1, coefficients: Float32Array.of(1) };

test('frames are searched only where their samples may exceed the floor', () => {
  const searched: number[] = [];
  const kernel = createPeakRows(1, identity, (samples, newest) => {
    searched.push(newest - identity.tapCount);
    return Math.abs(samples[newest]!);
  });
  const row = new Float32Array(96);
  row[40] = -0.5;
  const [peaks, samplePeaks] = [Float32Array.of(0.25), new Float32Array(1)];
  kernel.maxima([row], 96, peaks, samplePeaks);
  expect([peaks[0], samplePeaks[0]]).toEqual([0.5, 0.5]);
  expect(searched).toEqual(Array.from({ length: 32 }, (_, n) => 32 + n));
  const envelope = new Float32Array(96);
  kernel.envelope([row], 96, 0.25, envelope);
  expect(envelope[40]).toBe(0.5);
  expect(envelope.filter((value) => value === 0.25)).toHaveLength(95);
});

test('denormal numbers count as silence, in the sample peak too', () => {
  const kernel = createPeakRows(1, identity, (samples, newest) => Math.abs(samples[newest]!));
  const [peaks, samplePeaks] = [new Float32Array(1), new Float32Array(1)];
  kernel.maxima([new Float32Array(64).fill(1e-31)], 64, peaks, samplePeaks);
  expect([peaks[0], samplePeaks[0]]).toEqual([0, 0]);
});
