import { minimumPhaseSpectrum } from '../dsp/minimum-phase.ts';
import type { Fft } from '../dsp/fft.ts';

/** The equaliser stays as it is above this frequency, where a measurement says little. */
const highestHz = 16_000;

/** Largest boost, against the response's own mean. */
const largestBoostDb = 30;

/**
 * Diffuse-field power of a set: the mean over directions (by weight) and ears of the squared magnitudes.
 * @param weights [direction], sum 1
 * @param real and imaginary [direction * 2 + ear][bin]
 * @returns [bin], 0..size/2
 */
export function diffuseFieldPower(
  weights: Float64Array,
  real: readonly Float64Array[],
  imaginary: readonly Float64Array[],
): Float64Array {
  const power = new Float64Array((real[0]!.length >> 1) + 1);
  for (let r = 0; r < real.length; r++) {
    const weight = weights[r >> 1]! / 2;
    for (let k = 0; k < power.length; k++) power[k]! += weight * (real[r]![k]! ** 2 + imaginary[r]![k]! ** 2);
  }
  return power;
}

/** Mean power over a third of an octave around each bin. */
export function smoothThirdOctave(power: Float64Array): Float64Array {
  const sums = new Float64Array(power.length + 1);
  for (let k = 0; k < power.length; k++) sums[k + 1] = sums[k]! + power[k]!;
  return power.map((_, k) => {
    const from = Math.ceil(k * 2 ** (-1 / 6));
    const to = Math.min(power.length - 1, Math.floor(k * 2 ** (1 / 6)));
    return (sums[to + 1]! - sums[from]!) / (to + 1 - from);
  });
}

/**
 * Minimum-phase equaliser that brings the diffuse field of a set to 0 dB at every frequency (Larcher, Jot and
 * Vandernoot 1998).
 * @param power diffuse-field power [bin], 0..fft.size/2
 * @returns the equaliser's whole spectrum
 */
export function designDiffuseFieldEqualizer(
  fft: Fft,
  sampleRateHz: number,
  power: Float64Array,
): { real: Float64Array; imaginary: Float64Array } {
  const smooth = smoothThirdOctave(power);
  smooth[0] = smooth[1]!;
  const binOf = (frequencyHz: number): number => Math.round((frequencyHz * fft.size) / sampleRateHz);
  const mid = smooth.subarray(binOf(300), binOf(12_000));
  const meanLog = mid.reduce((sum, value) => sum + Math.log(value), 0) / mid.length;
  const floor = Math.exp(meanLog) * 10 ** (-largestBoostDb / 10);
  const gains = smooth.map((value) => 1 / Math.sqrt(Math.max(value, floor)));
  const top = Math.min(gains.length - 1, binOf(highestHz));
  gains.fill(gains[top]!, top);
  return minimumPhaseSpectrum(fft, gains);
}
