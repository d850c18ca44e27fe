import { createFft } from '../../dsp/fft.ts';
import type { Layout } from '../../layouts/layout.ts';
import { createMersenneTwister } from '../../math/mersenne-twister.ts';

/** Length of the decorrelation filters. BS.2127-1 clause 7.4. */
export const decorrelatorTapCount = 512;

/** How much later than its input the middle of a decorrelated signal comes: what is not diffuse waits as long. */
export const decorrelatorDelaySamples = (decorrelatorTapCount - 1) >> 1;

/**
 * Designs the decorrelation filter of every loudspeaker: an all-pass whose phases are random, drawn by MT19937
 * with the place of the loudspeaker's label among all sorted labels (LFEs counted) as the seed. BS.2127-1 clause
 * 7.4.
 * @returns [loudspeaker][tap]; filters of LFEs are not used
 */
export function designDecorrelators(layout: Layout): Float32Array[] {
  const labels = layout.loudspeakers.map(({ label }) => label);
  const sorted = [...labels].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return labels.map((label) => designDecorrelator(sorted.indexOf(label)));
}

function designDecorrelator(seed: number): Float32Array {
  const random = createMersenneTwister(seed);
  const half = decorrelatorTapCount / 2;
  const real = new Float64Array(decorrelatorTapCount);
  const imaginary = new Float64Array(decorrelatorTapCount);
  real[0] = real[half] = 1;
  for (let bin = 1; bin < half; bin++) {
    const phaseRad = 2 * Math.PI * random();
    real[bin] = real[decorrelatorTapCount - bin] = Math.cos(phaseRad);
    imaginary[bin] = Math.sin(phaseRad);
    imaginary[decorrelatorTapCount - bin] = -imaginary[bin]!;
  }
  createFft(decorrelatorTapCount).inverse(real, imaginary);
  return Float32Array.from(real);
}
