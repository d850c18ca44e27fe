import { createFft } from './fft.ts';

/** A filter without phase, and the time that everything waits for it. */
export interface LinearPhaseFir {
  /** [2 * delaySamples + 1], symmetric. */
  readonly taps: Float32Array;
  readonly delaySamples: number;
}

/** Shortest and longest halves of a filter. */
const leastDelaySamples = 512;
const mostDelaySamples = 16384;

/** Largest error of the magnitude, 0.005 dB, as a share of it or of what is 20 dB down. */
const largestError = 5.8e-4;
const leastMagnitude = 0.1;

/** Up to here it counts: filters may have a cusp at half the sample rate, which would take taps without end. */
const highestShare = 0.475;

/**
 * Designs a filter with a magnitude and no phase: the inverse transform of the magnitude, cut off where what is left out
 * changes no frequency up to 0.475 of the sample rate by more than 0.005 dB, or by more than -85 dB where the filter
 * stops the sound. Where not even 32769 taps do, those are given.
 * @param magnitudeAt linear, at a frequency as a share of the sample rate, 0 to 0.5
 */
export function designLinearPhaseFir(magnitudeAt: (share: number) => number): LinearPhaseFir {
  const size = 8 * mostDelaySamples;
  const fft = createFft(size);
  const wanted = Float64Array.from({ length: size / 2 + 1 }, (_, bin) => magnitudeAt(bin / size));
  const counting = wanted.subarray(0, Math.floor(highestShare * size));
  const [response, imaginary] = [new Float64Array(size), new Float64Array(size)];
  for (let bin = 0; bin < size; bin++) response[bin] = wanted[Math.min(bin, size - bin)]!;
  fft.inverse(response, imaginary);
  for (let delaySamples = leastDelaySamples; ; delaySamples *= 2) {
    const [cut, cutImaginary] = [new Float64Array(size), new Float64Array(size)];
    cut.set(response.subarray(0, delaySamples + 1));
    cut.set(response.subarray(size - delaySamples), size - delaySamples);
    const taps = new Float32Array(2 * delaySamples + 1);
    for (let n = -delaySamples; n <= delaySamples; n++) taps[n + delaySamples] = cut[(n + size) % size]!;
    if (delaySamples === mostDelaySamples) return { taps, delaySamples };
    fft.forward(cut, cutImaginary);
    if (
      counting.every(
        (value, bin) => Math.abs(cut[bin]! - value) <= largestError * Math.max(value, leastMagnitude),
      )
    )
      return { taps, delaySamples };
  }
}
