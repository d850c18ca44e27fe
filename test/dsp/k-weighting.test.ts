import { expect, test } from 'vitest';
import { kWeighting, kWeighting48k } from '../../src/dsp/k-weighting.ts';
import type { BiquadCoefficients } from '../../src/kernels/interfaces/filters.ts';

/** Power gain of one biquad at a frequency. */
function powerGain({ b0, b1, b2, a1, a2 }: BiquadCoefficients, hz: number, sampleRateHz: number): number {
  const w = (2 * Math.PI * hz) / sampleRateHz;
  const squared = (c0: number, c1: number, c2: number): number =>
    (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2;
  return squared(b0, b1, b2) / squared(1, a1, a2);
}

const responseDb = (hz: number, sampleRateHz: number): number =>
  kWeighting(sampleRateHz).reduce(
    (sum, stage) => sum + 10 * Math.log10(powerGain(stage, hz, sampleRateHz)),
    0,
  );

test('48 kHz is as printed in BS.1770-5, and 997 Hz gains the 0.691 dB that the loudness formula takes off', () => {
  expect(kWeighting(48000)).toBe(kWeighting48k);
  expect(responseDb(997, 48000)).toBeCloseTo(0.691, 2);
});

test.each([44100, 88200, 96000, 176400, 192000])('%i Hz has the response of 48 kHz', (sampleRateHz) => {
  for (const hz of [20, 38, 100, 500, 997, 1682, 3000]) {
    expect(responseDb(hz, sampleRateHz), `${hz} Hz`).toBeCloseTo(responseDb(hz, 48000), 1.7);
  }
  expect(Math.abs(responseDb(997, sampleRateHz) - responseDb(997, 48000))).toBeLessThan(0.006);
  expect(responseDb(10000, sampleRateHz)).toBeCloseTo(responseDb(10000, 48000), 1);
});

test.each([8000, 11025, 16000, 22050, 32000])('%i Hz is stable and keeps its low end', (sampleRateHz) => {
  for (const { a1, a2 } of kWeighting(sampleRateHz)) {
    expect(Math.abs(a2)).toBeLessThan(1);
    expect(Math.abs(a1)).toBeLessThan(1 + a2);
  }
  for (const hz of [38, 100, 500]) {
    expect(Math.abs(responseDb(hz, sampleRateHz) - responseDb(hz, 48000))).toBeLessThan(0.1);
  }
});
