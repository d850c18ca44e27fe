import { expect, test } from 'vitest';
import { designResponseResampler } from '../../src/dsp/response-resampler.ts';

/** Gain in dB and phase of a response at a frequency. */
function responseAt(response: ArrayLike<number>, frequencyHz: number, sampleRateHz: number) {
  let [re, im] = [0, 0];
  for (let n = 0; n < response.length; n++) {
    const angle = (-2 * Math.PI * frequencyHz * n) / sampleRateHz;
    re += response[n]! * Math.cos(angle);
    im += response[n]! * Math.sin(angle);
  }
  return { db: 20 * Math.log10(Math.hypot(re, im)), phase: Math.atan2(im, re) };
}

const impulseAt = (at: number) => Float64Array.from({ length: 128 }, (_, n) => (n === at ? 1 : 0));

test.each([48000, 88200, 96000, 32000])(
  'keeps level and time of a response from 44.1 kHz at %i Hz',
  (rate) => {
    const ratio = rate / 44100;
    const output = new Float64Array(Math.ceil(128 * ratio));
    const plan = { ratio, delaySamples: 0, inputTapCount: 128, outputTapCount: output.length };
    designResponseResampler(plan).apply(impulseAt(60), output);
    for (const frequencyHz of [100, 1000, 5000, 10000, 14000]) {
      const { db, phase } = responseAt(output, frequencyHz, rate);
      const turn = phase + (2 * Math.PI * frequencyHz * 60) / 44100;
      expect(db).toBeCloseTo(0, 2);
      expect(Math.sin(turn)).toBeCloseTo(0, 3);
      expect(Math.cos(turn)).toBeCloseTo(1, 3);
    }
  },
);

test('delays by a fraction of a sample', () => {
  const output = new Float64Array(128);
  const plan = { ratio: 1, delaySamples: 3.3, inputTapCount: 128, outputTapCount: 128 };
  designResponseResampler(plan).apply(impulseAt(50), output);
  for (const frequencyHz of [100, 5000, 18000]) {
    const turn = responseAt(output, frequencyHz, 48000).phase + (2 * Math.PI * frequencyHz * 53.3) / 48000;
    expect(Math.sin(turn)).toBeCloseTo(0, 3);
  }
});
