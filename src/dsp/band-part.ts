import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';

/** What a bell or a shelf moves. */
export type BandShape = 'bell' | 'lowshelf' | 'highshelf';

/**
 * The part P of a sound that a band with a changing gain g moves: x + (g - 1) P(x). There are no coefficients that
 * change, so gains may move at every sample without noise, and a gain of 1 is nothing at all.
 * Of a bell P is the band-pass (s / q) / (s^2 + s / q + 1): together (s^2 + g s / q + 1) / (s^2 + s / q + 1), the bell
 * whose boosts have the stated width and whose cuts are that much narrower. Of shelves it is the low or high pass of the
 * first order, 1 / (s + 1) or s / (s + 1): slopes of 6 dB an octave at most, and no overshoot at any gain. Bilinear.
 * @param q frequency by bandwidth, of bells
 */
export function designBandPart(
  shape: BandShape,
  frequencyHz: number,
  q: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const warped = Math.tan((Math.PI * frequencyHz) / sampleRateHz);
  if (shape === 'bell') {
    const a0 = 1 + warped / q + warped * warped;
    const b0 = warped / q / a0;
    return {
      ...{ b0, b1: 0, b2: -b0 },
      a1: (2 * (warped * warped - 1)) / a0,
      a2: (1 - warped / q + warped * warped) / a0,
    };
  }
  const b0 = (shape === 'lowshelf' ? warped : 1) / (1 + warped);
  return { b0, b1: shape === 'lowshelf' ? b0 : -b0, b2: 0, a1: (warped - 1) / (warped + 1), a2: 0 };
}
