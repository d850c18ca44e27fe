import { expect, test } from 'vitest';
import { designOctaveBands } from '../../src/dsp/octave-bands.ts';

/** Gain of a band at a frequency, its sections alone: the half-band filters in front are told apart below. */
function gainDb(rateHz: number, band: number, frequencyHz: number, bandsPerOctave: 1 | 3 = 1): number {
  const { sections, gain, stage, isHighPass } = designOctaveBands(rateHz, bandsPerOctave).design.bands[band]!;
  const omega = (2 * Math.PI * frequencyHz * 2 ** stage) / rateHz;
  let power = gain ** 2;
  for (const [a1, a2] of sections) {
    const re = 1 + a1 * Math.cos(omega) + a2 * Math.cos(2 * omega);
    const im = a1 * Math.sin(omega) + a2 * Math.sin(2 * omega);
    const zeros = isHighPass ? (2 * Math.sin(omega / 2)) ** 4 : (2 * Math.sin(omega)) ** 2;
    power *= zeros / (re * re + im * im);
  }
  return 10 * Math.log10(power);
}

test('ten bands at the exact frequencies of IEC 61260-1, fewer where the sample rate ends', () => {
  const rounded = designOctaveBands(48000).centresHz.map((centre) => Number(centre.toPrecision(4)));
  expect(rounded).toEqual([31.62, 63.1, 125.9, 251.2, 501.2, 1000, 1995, 3981, 7943, 15850]);
  expect(designOctaveBands(8000).centresHz).toHaveLength(7);
  expect(designOctaveBands(32000).centresHz).toHaveLength(9);
});

test.each([8000, 22050, 44100, 48000, 88200, 96000, 192000])(
  'at %i Hz: 0 dB in the middle, -3.01 dB at both edges, a Butterworth response between',
  (rateHz) => {
    const { centresHz, design } = designOctaveBands(rateHz);
    for (const [band, centreHz] of centresHz.entries()) {
      const [lowerHz, upperHz] = [centreHz / 10 ** 0.15, centreHz * 10 ** 0.15];
      const isWhole = !design.bands[band]!.isHighPass;
      expect(isWhole).toBe(upperHz < 0.4 * rateHz);
      expect(gainDb(rateHz, band, lowerHz)).toBeCloseTo(-3.0103, 3);
      if (isWhole) expect(gainDb(rateHz, band, upperHz)).toBeCloseTo(-3.0103, 3);
      expect(Math.abs(gainDb(rateHz, band, centreHz))).toBeLessThan(isWhole ? 0.001 : 0.08);
      // IEC 61260-1, Table 1, class 1: at least 16.6 dB down an octave from the middle, 40.5 dB two octaves from it; the
      // bilinear transform takes a little of it where a band ends at a third of the rate.
      expect(gainDb(rateHz, band, centreHz / 10 ** 0.3)).toBeLessThan(rateHz === 8000 ? -16.3 : -16.6);
      expect(gainDb(rateHz, band, centreHz / 10 ** 0.6)).toBeLessThan(rateHz === 8000 ? -38.3 : -40.5);
      const { stage } = design.bands[band]!;
      // What folds into the band comes from where the half-band filter stops.
      expect((upperHz * 2 ** stage) / rateHz).toBeLessThanOrEqual(stage === 0 ? 0.51 : 0.2561);
    }
  },
);

test.each([44100, 48000, 96000])(
  'thirds of an octave from 20 Hz to 20 kHz, of class 1, at %i Hz',
  (rateHz) => {
    const { centresHz, design } = designOctaveBands(rateHz, 3);
    expect(centresHz.length).toBe(rateHz === 44100 ? 30 : 31);
    expect(centresHz[0]).toBeCloseTo(19.953, 3);
    expect(centresHz[17]).toBeCloseTo(1000, 9);
    for (const [band, centreHz] of centresHz.entries()) {
      if (design.bands[band]!.isHighPass) continue;
      expect(gainDb(rateHz, band, centreHz / 10 ** 0.05, 3)).toBeCloseTo(-3.0103, 3);
      expect(gainDb(rateHz, band, centreHz * 10 ** 0.05, 3)).toBeCloseTo(-3.0103, 3);
      expect(Math.abs(gainDb(rateHz, band, centreHz, 3))).toBeLessThan(0.001);
      // IEC 61260-1, Table 1 and its clause 5.10 for parts of an octave.
      expect(gainDb(rateHz, band, centreHz / 1.29437, 3)).toBeLessThan(-16.6);
      // The bilinear transform takes a little of it where a band ends at a third of the rate.
      const isLast = centreHz > rateHz / 4;
      expect(gainDb(rateHz, band, centreHz / 1.88173, 3)).toBeLessThan(isLast ? -38 : -40.5);
    }
  },
);

test('the half-band filter passes up to 0.128 of its rate and stops from 0.372 on', () => {
  const taps = designOctaveBands(48000).design.halfBandTaps;
  const response = (frequency: number): number =>
    taps.reduce((sum, tap, k) => sum + 2 * tap * Math.cos(2 * Math.PI * frequency * (2 * k + 1)), 0.5);
  for (let frequency = 0; frequency <= 0.128; frequency += 0.001) {
    expect(Math.abs(response(frequency) - 1)).toBeLessThan(3e-5);
    expect(Math.abs(response(0.5 - frequency))).toBeLessThan(3e-5);
  }
});
