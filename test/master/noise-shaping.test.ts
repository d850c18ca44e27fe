import { expect, test } from 'vitest';
import { designNoiseShaper } from '../../src/master/noise-shaping.ts';

/** Power gain of the error filter at a frequency, in dB. */
function gainDb(taps: Float64Array, frequencyHz: number, sampleRateHz: number): number {
  let [re, im] = [1, 0];
  taps.forEach((tap, k) => {
    const angle = (2 * Math.PI * frequencyHz * (k + 1)) / sampleRateHz;
    re -= tap * Math.cos(angle);
    im += tap * Math.sin(angle);
  });
  return 10 * Math.log10(re * re + im * im);
}

const meanDb = (taps: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < 20000; i++) sum += gainDb(taps, i + 0.5, 40000);
  return sum / 20000;
};

test.each([44100, 48000, 96000, 192000])('%i Hz: least where hearing is keenest', (sampleRateHz) => {
  const taps = designNoiseShaper(sampleRateHz);
  expect(taps).toHaveLength(9);
  const keenest = gainDb(taps, 3500, sampleRateHz);
  expect(keenest).toBeLessThan(-15);
  for (const frequencyHz of [200, 9000, 15000, 20000])
    expect(gainDb(taps, frequencyHz, sampleRateHz)).toBeGreaterThan(keenest);
  // Gerzon and Craven's theorem: the mean over frequency of a minimum-phase shaper's gain in dB is 0.
  expect(meanDb(taps)).toBeCloseTo(0, 3);
});

test('all power of 44.1 kHz: 10.4 dB above white noise', () => {
  const power = designNoiseShaper(44100).reduce((sum, tap) => sum + tap * tap, 1);
  expect(10 * Math.log10(power)).toBeCloseTo(96.33 - 85.9, 0);
});
