import { designPeakFir } from '../dsp/true-peak-fir.ts';

/** Points between two samples on the finest grid. */
const phaseCount = 32;
const halfTaps = 49;
/** Every fourth point is tried first, then the three points on either side of the best. */
const firstPhase = 2;
const phaseStep = 4;
const reach = 3;

/** Samples that the refiner reads on each side of an interval, its own two included. */
export const refinerHalfWidth = halfTaps + 1;

/** Finds the peak of the band-limited signal between samples[index] and samples[index + 1]. */
export type PeakRefiner = (samples: Float32Array, index: number) => number;

/**
 * Creates the exact and slow way to a true peak: a 32-fold interpolation with 98 taps a phase (Kaiser 8), which
 * under-reads by 0.01 dB at most, for the few places where a cheap filter says that a peak may be. The
 * result is the largest magnitude from samples[index] to samples[index + 1], or just outside where the peak
 * lies on the border.
 */
export function createPeakRefiner(): PeakRefiner {
  const tapCount = 2 * halfTaps;
  // The design has the newest tap first; here the taps run along the samples, in float64 for the sums.
  const taps = Float64Array.from(designPeakFir({ phaseCount, tapCount }).coefficients);
  for (let phase = 0; phase < phaseCount; phase++) {
    taps.subarray(phase * tapCount, (phase + 1) * tapCount).reverse();
  }
  const magnitudeAt = (samples: Float32Array, first: number, phase: number): number => {
    const offset = phase * tapCount;
    let even = 0;
    let odd = 0;
    for (let tap = 0; tap < tapCount; tap += 2) {
      even += samples[first + tap] * taps[offset + tap];
      odd += samples[first + tap + 1] * taps[offset + tap + 1];
    }
    return Math.abs(even + odd);
  };
  return (samples, index) => {
    const first = index - halfTaps + 1;
    let best = firstPhase;
    let peak = 0;
    for (let phase = firstPhase; phase < phaseCount; phase += phaseStep) {
      const magnitude = magnitudeAt(samples, first, phase);
      if (magnitude > peak) {
        peak = magnitude;
        best = phase;
      }
    }
    for (let phase = best - reach; phase <= best + reach; phase++) {
      const shift = phase < 0 ? -1 : phase < phaseCount ? 0 : 1;
      const magnitude = magnitudeAt(samples, first + shift, phase - shift * phaseCount);
      if (magnitude > peak) peak = magnitude;
    }
    return Math.max(peak, Math.abs(samples[index]), Math.abs(samples[index + 1]));
  };
}
