import { gainToDb } from '../base/units.ts';
import type { LoudnessCurve } from './loudness-curve.ts';

/** Steps of 100 ms in the window of short-term loudness. */
const windowSteps = 30;
/** Gates of short-term loudness, as those of loudness range: EBU Tech 3342, clause 5. */
const absoluteGateLufs = -70;
const relativeGateLu = -20;

/** Peak to loudness ratio of a programme: its true peak above its integrated loudness; NaN for silence. */
export const peakToLoudnessDb = (truePeakDbtp: number, integratedLufs: number): number =>
  integratedLufs === -Infinity ? NaN : truePeakDbtp - integratedLufs;

/** The least peak to short-term loudness ratio. */
export interface LeastPsr {
  /** NaN where no window counts. */
  readonly psrMinDb: number;
  /** Where its window ends; NaN where there is none. */
  readonly psrMinEndSec: number;
}

/**
 * The least ratio of the true peak of 3 s to the loudness of the same 3 s, every 100 ms. Whole windows count whose
 * loudness is above -70 LUFS and above 20 LU below the integrated loudness: in what is nearly silent the ratio says
 * nothing of dynamics.
 * @param stepPeaks true peak of all channels, linear [step of 100 ms]
 */
export function leastPsr(curve: LoudnessCurve, stepPeaks: Float32Array, integratedLufs: number): LeastPsr {
  const gateLufs = Math.max(absoluteGateLufs, integratedLufs + relativeGateLu);
  let [psrMinDb, psrMinEndSec] = [NaN, NaN];
  for (let last = windowSteps - 1; last < curve.shortTermLufs.length; last++) {
    const shortTermLufs = curve.shortTermLufs[last];
    if (!(shortTermLufs > gateLufs)) continue;
    let peak = 0;
    for (let step = last - windowSteps + 1; step <= last; step++) peak = Math.max(peak, stepPeaks[step]);
    const ratioDb = gainToDb(peak) - shortTermLufs;
    if (ratioDb >= psrMinDb) continue;
    psrMinDb = ratioDb;
    psrMinEndSec = (last + 1) / 10;
  }
  return { psrMinDb, psrMinEndSec };
}
