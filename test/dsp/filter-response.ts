import type { BiquadCoefficients } from '../../src/kernels/interfaces/filters.ts';

/** Level in dB and phase in degrees of sections in series at a frequency: their transfer function on the unit circle. */
export function responseOf(
  sections: readonly BiquadCoefficients[],
  frequencyHz: number,
  sampleRateHz: number,
): { levelDb: number; phaseDeg: number } {
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const polar = (c0: number, c1: number, c2: number): [number, number] => {
    const re = c0 + c1 * Math.cos(omega) + c2 * Math.cos(2 * omega);
    const im = -c1 * Math.sin(omega) - c2 * Math.sin(2 * omega);
    return [20 * Math.log10(Math.hypot(re, im)), (180 / Math.PI) * Math.atan2(im, re)];
  };
  let [levelDb, phaseDeg] = [0, 0];
  for (const { b0, b1, b2, a1, a2 } of sections) {
    const [top, bottom] = [polar(b0, b1, b2), polar(1, a1, a2)];
    levelDb += top[0] - bottom[0];
    phaseDeg += top[1] - bottom[1];
  }
  return { levelDb, phaseDeg };
}

/** Frequencies from low to high, evenly spaced in octaves. */
export const frequenciesHz = (lowHz: number, highHz: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => lowHz * (highHz / lowHz) ** (i / (count - 1)));
