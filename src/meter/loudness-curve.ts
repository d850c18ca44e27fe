/** Largest momentary and short-term loudness, and when they were reached; -Infinity and NaN where nothing sounds. */
export interface LoudnessMaxima {
  /** Largest loudness of any 400 ms. */
  readonly momentaryMaxLufs: number;
  /** Where the first window of that loudness ends. */
  readonly momentaryMaxEndSec: number;
  /** Largest loudness of any 3 s; a shorter programme is taken with silence before it. */
  readonly shortTermMaxLufs: number;
  /** Where the first window of that loudness ends. */
  readonly shortTermMaxEndSec: number;
}

/** Loudness over time: value k is that of the window that ends at (k + 1) * stepSec, with silence before the start. */
export interface LoudnessCurve {
  readonly stepSec: number;
  readonly momentaryLufs: readonly number[];
  readonly shortTermLufs: readonly number[];
}

/** By how much a maximum must be exceeded, so that of equal windows the first counts. */
const roundingLu = 1e-8;

/** Maxima of a curve: what meters show that look every 100 ms. */
export function curveMaxima({ stepSec, momentaryLufs, shortTermLufs }: LoudnessCurve): LoudnessMaxima {
  const largest = (values: readonly number[]): { readonly lufs: number; readonly endSec: number } => {
    let at = -1;
    let lufs = -Infinity;
    for (let index = 0; index < values.length; index++) {
      if (!(values[index] > lufs + roundingLu)) continue;
      lufs = values[index];
      at = index;
    }
    // A multiple of a tenth, not of its rounded product.
    return { lufs, endSec: at < 0 ? NaN : (at + 1) / Math.round(1 / stepSec) };
  };
  const momentary = largest(momentaryLufs);
  const shortTerm = largest(shortTermLufs);
  return {
    momentaryMaxLufs: momentary.lufs,
    momentaryMaxEndSec: momentary.endSec,
    shortTermMaxLufs: shortTerm.lufs,
    shortTermMaxEndSec: shortTerm.endSec,
  };
}
