import type { Fft } from './fft.ts';

/**
 * Spectrum of the minimum-phase system with the given magnitudes, by the folded cepstrum (Oppenheim and
 * Schafer, Discrete-Time Signal Processing, clause 13.6).
 * @param magnitudes [bin], 0..size/2, all above 0; fft.size should be several times the response's length
 * @returns the whole spectrum, fft.size bins
 */
export function minimumPhaseSpectrum(
  fft: Fft,
  magnitudes: ArrayLike<number>,
): { real: Float64Array; imaginary: Float64Array } {
  const { size } = fft;
  const half = size >> 1;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let k = 0; k <= half; k++) {
    real[k] = Math.log(magnitudes[k]!);
    if (k > 0) real[size - k] = real[k]!;
  }
  fft.inverse(real, imaginary);
  imaginary.fill(0);
  for (let n = 1; n < half; n++) {
    real[n]! *= 2;
    real[size - n] = 0;
  }
  fft.forward(real, imaginary);
  for (let k = 0; k < size; k++) {
    const magnitude = Math.exp(real[k]!);
    const phase = imaginary[k]!;
    real[k] = magnitude * Math.cos(phase);
    imaginary[k] = magnitude * Math.sin(phase);
  }
  return { real, imaginary };
}

/** Magnitudes of bins 0..size/2 of a spectrum, at least `floor`. */
export function magnitudesOf(real: Float64Array, imaginary: Float64Array, floor = 1e-12): Float64Array {
  return Float64Array.from({ length: (real.length >> 1) + 1 }, (_, k) =>
    Math.max(floor, Math.hypot(real[k]!, imaginary[k]!)),
  );
}
