import type { PolyphaseFir } from './interfaces/meters.ts';

/** Room for the rounding of float32 sums, so that what is skipped is certain to be lower. */
const roundingMargin = 1 + 1e-4;

/**
 * How far an interpolated value can exceed the samples that it is made of: by their largest magnitude X and
 * their largest second difference D = |x[i] - 2 x[i - 1] + x[i - 2]|, it is at most the lesser of
 * sum X and line X + bend D.
 */
export interface PeakBounds {
  /** Largest L1 norm of the phases: 2.0228 for BS.1770-5, Annex 2. */
  readonly sum: number;
  /** Of a straight line between the two samples around the phase's centre of mass. */
  readonly line: number;
  /** Of what the phase adds to that line; slow signals have next to nothing of it. */
  readonly bend: number;
  /** The newest and the oldest tap that carry the lines of any phase. */
  readonly lineTaps: readonly [newest: number, oldest: number];
}

/**
 * Bounds over all phases of a FIR. Each phase is split into the two taps of a straight line that have its sum
 * and its first moment, and a rest without either, which is some filter of the second differences: the double
 * running sum of the rest.
 */
export function peakBounds({ phaseCount, tapCount, coefficients }: PolyphaseFir): PeakBounds {
  let [sum, line, bend] = [0, 0, 0];
  let [newest, oldest] = [tapCount - 1, 0];
  for (let phase = 0; phase < phaseCount; phase++) {
    const taps = Float64Array.from(coefficients.subarray(phase * tapCount, (phase + 1) * tapCount));
    const gain = taps.reduce((total, tap) => total + tap, 0);
    const centre = taps.reduce((total, tap, index) => total + index * tap, 0) / gain;
    sum = Math.max(sum, norm(taps));
    const left = Math.floor(centre);
    if (!(left >= 0 && left + 1 < tapCount)) {
      // A lone tap is its own line; anything else without a centre inside has no such bound.
      const isLoneTap = norm(taps) === Math.abs(gain);
      line = isLoneTap ? Math.max(line, Math.abs(gain)) : Infinity;
      [newest, oldest] = [0, tapCount - 1];
      continue;
    }
    taps[left] -= gain * (left + 1 - centre);
    taps[left + 1] -= gain * (centre - left);
    line = Math.max(line, Math.abs(gain));
    bend = Math.max(bend, doubleSumNorm(taps));
    newest = Math.min(newest, left);
    oldest = Math.max(oldest, Math.ceil(centre));
  }
  const widen = (bound: number): number => bound * roundingMargin;
  return { sum: widen(sum), line: widen(line), bend: widen(bend), lineTaps: [newest, oldest] };
}

const norm = (taps: Float64Array): number => taps.reduce((total, tap) => total + Math.abs(tap), 0);

function doubleSumNorm(taps: Float64Array): number {
  let [once, twice, total] = [0, 0, 0];
  for (const tap of taps) {
    once += tap;
    twice += once;
    total += Math.abs(twice);
  }
  return total;
}

/**
 * How deep a search for crests must look on a coarse grid. A signal band-limited to the Nyquist frequency with
 * supremum S bends by no more than pi^2 S (Bernstein), so a crest of height M still reads M - S (pi d)^2 / 2 at a
 * distance of d samples, and the highest of all S cos(pi d). The filters here reach 6 % beyond Nyquist.
 */
export interface CrestThresholds {
  /** Share of the floor on the grid of half samples, whose points are at most 1/4 from a crest. */
  readonly half: number;
  /** Share of the floor on the grid of quarters, at most 1/8 from a crest. */
  readonly quarter: number;
}

/** For the largest crest of all, S = M: cos(1.06 pi / 4) = 0.673 and cos(1.06 pi / 8) = 0.915. */
export const maximumThresholds: CrestThresholds = Object.freeze({ half: 0.67, quarter: 0.91 });

/** For every crest above a floor, where the supremum is at most 1.5 times (3.5 dB) the floor: 0.480 and 0.870. */
export const envelopeThresholds: CrestThresholds = Object.freeze({ half: 0.475, quarter: 0.865 });
