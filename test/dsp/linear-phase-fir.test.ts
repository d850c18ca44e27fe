import { expect, test } from 'vitest';
import { designLinearPhaseFir } from '../../src/dsp/linear-phase-fir.ts';

/** Response of symmetric taps at a frequency. */
const responseAt = (taps: Float32Array, share: number): number => {
  const middle = (taps.length - 1) / 2;
  let sum = 0;
  for (let n = 0; n < taps.length; n++) sum += taps[n]! * Math.cos(2 * Math.PI * share * (n - middle));
  return sum;
};

/** Low-pass and high-pass of the fourth order, -3 dB at so large a share of the sample rate. */
const lowPass = (edge: number) => (share: number) => 1 / Math.sqrt(1 + (share / edge) ** 8);
const highPass = (edge: number) => (share: number) =>
  share === 0 ? 0 : 1 / Math.sqrt(1 + (edge / share) ** 8);

test.each([
  ['low-pass', lowPass(0.05)],
  ['high-pass', highPass(0.0006)],
  ['all of it', () => 1],
])('%s: symmetric taps with the magnitude within 0.005 dB', (_name, magnitudeAt) => {
  const { taps, delaySamples } = designLinearPhaseFir(magnitudeAt);
  expect(taps.length).toBe(2 * delaySamples + 1);
  for (let n = 0; n < delaySamples; n += 13) expect(taps[n]).toBe(taps[taps.length - 1 - n]);
  for (let share = 0.0001; share < 0.475; share *= 1.13)
    expect(Math.abs(responseAt(taps, share) - magnitudeAt(share))).toBeLessThan(
      6e-4 * Math.max(magnitudeAt(share), 0.1),
    );
});

test('no longer than its response needs', () => {
  expect(designLinearPhaseFir(lowPass(0.05)).delaySamples).toBeLessThan(1025);
  expect(designLinearPhaseFir(highPass(0.0006)).delaySamples).toBeGreaterThan(2048);
});
