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
