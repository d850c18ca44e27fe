import type { PolyphaseFir } from '../kernels/interfaces/meters.ts';
import { kaiser, sinc } from './windows.ts';

/** First two phases of the filter of BS.1770-5; the other two are their mirror images. */
const annex2Phases = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
    0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
    0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
] as const;

/**
 * The four-fold interpolator of the true-peak meter as printed: ITU-R BS.1770-5, Annex 2. Its phases lie at
 * 1/8, 3/8, 5/8 and 7/8 of the way from sample f - 6 to sample f - 5, f being the newest.
 */
export const annex2Fir: PolyphaseFir = Object.freeze({
  phaseCount: 4,
  tapCount: 12,
  coefficients: Float32Array.from([
    ...annex2Phases[0],
    ...annex2Phases[1],
    ...annex2Phases[1].toReversed(),
    ...annex2Phases[0].toReversed(),
  ]),
});

/** Size of an interpolator made by `designPeakFir`. */
export interface PeakFirOptions {
  /** Points between two samples. */
  readonly phaseCount: number;
  /** Taps a phase; even. */
  readonly tapCount: number;
  /** Shape of the Kaiser window: 8 puts the stop band below -80 dB. */
  readonly kaiserBeta?: number | undefined;
}

/**
 * Designs an interpolator that is more exact than Annex 2's: a Kaiser-windowed sinc, each phase with unit
 * gain at DC. Phase p lies p / phaseCount of the way from sample f - tapCount / 2 to the next one, f being the
 * newest: phase 0 is that sample itself, and phases p and phaseCount - p mirror each other.
 */
export function designPeakFir({ phaseCount, tapCount, kaiserBeta = 8 }: PeakFirOptions): PolyphaseFir {
  const coefficients = new Float32Array(phaseCount * tapCount);
  const half = tapCount / 2;
  for (let phase = 0; phase < phaseCount; phase++) {
    const position = phase / phaseCount - half;
    const taps = Float64Array.from({ length: tapCount }, (_, tap) => {
      const distance = position + tap;
      return phase === 0 ? Number(distance === 0) : sinc(distance) * kaiser(distance / half, kaiserBeta);
    });
    const sum = taps.reduce((total, tap) => total + tap, 0);
    coefficients.set(
      taps.map((tap) => tap / sum),
      phase * tapCount,
    );
  }
  return { phaseCount, tapCount, coefficients };
}

/**
 * The interpolator of the precise true-peak meter: 32-fold, 98 taps a phase, Kaiser 8. Flat to 0.47 of the
 * sample rate; its finest grid under-reads by 0.01 dB at most.
 */
export const preciseFir: PolyphaseFir = Object.freeze(designPeakFir({ phaseCount: 32, tapCount: 98 }));
