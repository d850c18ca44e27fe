import { expect, test } from 'vitest';
import { createFft } from '../../src/dsp/fft.ts';
import { magnitudesOf, minimumPhaseSpectrum } from '../../src/dsp/minimum-phase.ts';

/** Minimum-phase version of a short response. */
function minimumPhase(response: readonly number[]): Float64Array {
  const fft = createFft(1024);
  const re = new Float64Array(1024);
  const im = new Float64Array(1024);
  re.set(response);
  fft.forward(re, im);
  const { real, imaginary } = minimumPhaseSpectrum(fft, magnitudesOf(re, im));
  fft.inverse(real, imaginary);
  return real;
}

test('turns the maximum-phase pair 0.5, 1 into its mirror 1, 0.5', () => {
  const response = minimumPhase([0.5, 1]);
  expect(response[0]).toBeCloseTo(1, 9);
  expect(response[1]).toBeCloseTo(0.5, 9);
  expect(Math.max(...response.subarray(2).map(Math.abs))).toBeLessThan(1e-9);
});

test('takes a delay away and leaves minimum-phase responses as they are', () => {
  const response = minimumPhase([0, 0, 0, 1, 0.3, -0.2]);
  expect([...response.subarray(0, 3)]).toEqual([
    expect.closeTo(1, 9),
    expect.closeTo(0.3, 9),
    expect.closeTo(-0.2, 9),
  ]);
});
