import { expect, test } from 'vitest';
import { createFft } from '../../src/dsp/fft.ts';
import { delaySpectrum } from '../../src/hrtf/align-measured.ts';
import { timeOfArrivalSamples } from '../../src/hrtf/time-of-arrival.ts';

test.each([0, 12, 20.25, 33.9])('finds a delay of %d samples of a minimum-phase response', (delaySamples) => {
  const fft = createFft(1024);
  const re = new Float64Array(1024);
  const im = new Float64Array(1024);
  re.set([1, 0.4, -0.3, 0.1]);
  fft.forward(re, im);
  delaySpectrum(re, im, delaySamples);
  expect(timeOfArrivalSamples(fft, 44100, re, im)).toBeCloseTo(delaySamples, 3);
});
