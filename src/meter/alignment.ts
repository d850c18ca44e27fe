import { createFft, nextPowerOfTwo } from '../dsp/fft.ts';

/** How two signals lie to each other in time. */
export interface Alignment {
  /** By how many samples the second comes later than the first. */
  readonly offsetSamples: number;
  /** Normalised correlation there, -1..1; 0 where one of them is silent. */
  readonly correlation: number;
}

/** Offsets whose correlation differs by less than this share are equally good: the smallest counts. */
const tieShare = 1e-6;

/**
 * Finds the offset between two signals at which the magnitude of their cross-correlation is largest. Stretches of
 * the first are correlated with all that may belong to them of the second, by a transform each, and added up.
 * @param maxOffsetSamples largest offset that is looked for; made a power of two, and no longer than the signals
 */
export function findAlignment(
  first: Float32Array,
  second: Float32Array,
  maxOffsetSamples: number,
): Alignment {
  const longest = Math.max(first.length, second.length);
  const reach = nextPowerOfTwo(Math.min(maxOffsetSamples, longest));
  const fft = createFft(4 * reach);
  const real = new Float64Array(fft.size);
  const imaginary = new Float64Array(fft.size);
  const crossReal = new Float64Array(fft.size);
  const crossImaginary = new Float64Array(fft.size);
  // No product wraps round: the stretch of the second reaches as far beyond that of the first as offsets may go.
  for (let start = 0; start < longest; start += 2 * reach) {
    real.fill(0);
    imaginary.fill(0);
    real.set(first.subarray(start, start + 2 * reach), reach);
    const from = Math.max(0, start - reach);
    imaginary.set(second.subarray(from, start + 3 * reach), from - (start - reach));
    fft.forward(real, imaginary);
    addCrossSpectrum(real, imaginary, crossReal, crossImaginary);
  }
  fft.inverse(crossReal, crossImaginary);
  const energy = Math.sqrt(energyOf(first) * energyOf(second));
  const offsetSamples = energy > 0 ? largestNearZero(crossReal, reach) : 0;
  const peak = crossReal[(offsetSamples + fft.size) % fft.size]!;
  return { offsetSamples, correlation: energy > 0 ? Math.max(-1, Math.min(1, peak / energy)) : 0 };
}

/** Adds conj(A) B, where A is the spectrum of the real parts that were transformed, B that of the imaginary parts. */
function addCrossSpectrum(
  real: Float64Array,
  imaginary: Float64Array,
  crossReal: Float64Array,
  crossImaginary: Float64Array,
): void {
  const size = real.length;
  for (let k = 0; k < size; k++) {
    const mirror = (size - k) % size;
    const aReal = (real[k]! + real[mirror]!) / 2;
    const aImaginary = (imaginary[k]! - imaginary[mirror]!) / 2;
    const bReal = (imaginary[k]! + imaginary[mirror]!) / 2;
    const bImaginary = (real[mirror]! - real[k]!) / 2;
    crossReal[k]! += aReal * bReal + aImaginary * bImaginary;
    crossImaginary[k]! += aReal * bImaginary - aImaginary * bReal;
  }
}

function energyOf(samples: Float32Array): number {
  let energy = 0;
  for (let n = 0; n < samples.length; n++) energy += samples[n]! ** 2;
  return energy;
}

/** Offset of the largest magnitude from -reach to reach; of equal ones that nearest to 0. */
function largestNearZero(correlation: Float64Array, reach: number): number {
  let best = 0;
  let largest = Math.abs(correlation[0]!);
  for (let distance = 1; distance <= reach; distance++) {
    for (const offset of [distance, -distance]) {
      const magnitude = Math.abs(correlation[(offset + correlation.length) % correlation.length]!);
      if (magnitude <= largest * (1 + tieShare)) continue;
      best = offset;
      largest = magnitude;
    }
  }
  return best;
}
