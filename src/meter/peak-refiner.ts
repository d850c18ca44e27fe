import { designPeakFir } from '../dsp/true-peak-fir.ts';

/** Points between two samples on the finest grid. */
const phaseCount = 32;
/** Every fourth point is tried first, then the three points on either side of the best. */
const firstPhase = 2;
const phaseStep = 4;
const reach = 3;

/** Samples on each side of an interval that the refiner reads. */
export const refinerHalfTaps = 49;

/** Finds the peak of the band-limited signal between two samples. */
export type PeakRefiner = (samples: Float32Array, index: number) => number;

/**
 * Creates the exact and slow way to a true peak: a 32-fold interpolation with 98 taps a phase (Kaiser 8), which
 * under-reads by 0.01 dB at most, for the few places where a cheap filter says that a peak may be. The
 * result is the largest magnitude from samples[index] to samples[index + 1]; it reads 49 samples to each side.
 */
export function createPeakRefiner(): PeakRefiner {
  const tapCount = 2 * refinerHalfTaps;
  // Newest tap first in the design; read along the samples here, and in float64 for the sums.
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
    const first = index - refinerHalfTaps + 1;
    let best = firstPhase;
    let peak = 0;
    for (let phase = firstPhase; phase < phaseCount; phase += phaseStep) {
      const magnitude = magnitudeAt(samples, first, phase);
      if (magnitude > peak) {
        peak = magnitude;
        best = phase;
      }
    }
    const last = Math.min(phaseCount - 1, best + reach);
    for (let phase = Math.max(0, best - reach); phase <= last; phase++) {
      if (phase !== best) peak = Math.max(peak, magnitudeAt(samples, first, phase));
    }
    return Math.max(peak, Math.abs(samples[index]), Math.abs(samples[index + 1]));
  };
}
