import { createFft } from '../../src/dsp/fft.ts';

/** Centres of ERB bands one ERB apart, from 100 Hz to 16 kHz (Glasberg and Moore 1990). */
export function erbCentresHz(): number[] {
  const toErb = (frequencyHz: number) => 21.4 * Math.log10(1 + 0.00437 * frequencyHz);
  const centres: number[] = [];
  for (let erb = toErb(100); erb < toErb(16000); erb++) centres.push((10 ** (erb / 21.4) - 1) / 0.00437);
  return centres;
}

/** Levels of a response in ERB bands (fourth-order gammatone shapes), in dB [band]. */
export function erbLevelsDb(response: ArrayLike<number>, sampleRateHz: number): number[] {
  const size = 2048;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  real.set(response);
  createFft(size).forward(real, imaginary);
  return erbCentresHz().map((centreHz) => {
    const width = 1.019 * 24.7 * (0.00437 * centreHz + 1);
    let [sum, weights] = [0, 0];
    for (let k = 1; k <= size / 2; k++) {
      const weight = (1 + (((k * sampleRateHz) / size - centreHz) / width) ** 2) ** -4;
      sum += weight * (real[k]! ** 2 + imaginary[k]! ** 2);
      weights += weight;
    }
    return 10 * Math.log10(sum / weights + 1e-14);
  });
}

/** Root mean square over the bands of the difference of two responses' levels, in dB. */
export function spectralDifferenceDb(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  sampleRateHz: number,
): number {
  const levels = erbLevelsDb(b, sampleRateHz);
  const squares = erbLevelsDb(a, sampleRateHz).map((level, band) => (level - levels[band]!) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** Amplitude of a signal at a frequency, under a four-term Blackman-Harris window (side lobes -92 dB). */
export function lineAmplitude(signal: Float32Array, frequencyHz: number, sampleRateHz: number): number {
  const terms = [0.35875, -0.48829, 0.14128, -0.01168];
  let [re, im, gain] = [0, 0, 0];
  for (let n = 0; n < signal.length; n++) {
    const place = (2 * Math.PI * n) / signal.length;
    const window = terms.reduce((sum, term, i) => sum + term * Math.cos(i * place), 0);
    const angle = (2 * Math.PI * frequencyHz * n) / sampleRateHz;
    re += window * signal[n]! * Math.cos(angle);
    im += window * signal[n]! * Math.sin(angle);
    gain += window;
  }
  return (2 * Math.hypot(re, im)) / gain;
}
