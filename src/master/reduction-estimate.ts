import { gainToDb, powerToDb } from '../base/units.ts';
import type { LevelTrace } from '../meter/level-trace.ts';
import { limiterDefaults, limiterRelease } from './limiter.ts';

/** What a limiter will take from each gating block, in dB, at a gain in front of it. */
export type ReductionEstimate = (gainDb: number) => Float64Array;

/** What an estimate needs. */
export interface ReductionEstimateOptions {
  readonly trace: LevelTrace;
  /** Precise true peak of the programme. */
  readonly truePeakDbtp: number;
  readonly ceilingDbtp: number;
}

/** The trace's peaks read low by so much at most: BS.1770-5, Annex 2, at 4x. */
const mostUnderReadDb = 0.7;
/** Share of what the highest peak is read too low by that most others are; found on noise, hits and music. */
const usualUnderRead = 0.75;

const binsPerSec = 100;
const binsPerStep = 10;
const stepsPerBlock = 4;

/** The limiter's hold and look-ahead, in bins: a peak holds the gain of its own bin and of the next. */
const holdBins = 1;

/**
 * Foretells the limiter from levels of the unlimited programme in bins of 10 ms: the reduction that a bin's peak
 * requires, held and released by the limiter's own law, weighs the bin's energy. Good to some 0.1 LU where all
 * channels are linked, in a thousandth of the time of a pass.
 */
export function createReductionEstimate(options: ReductionEstimateOptions): ReductionEstimate {
  const { energies, peaks } = options.trace;
  const highestDb = gainToDb(peaks.reduce((max, peak) => Math.max(max, peak), 0));
  // Where the LFE has the highest peak, it is far from that of the others.
  const underReadDb = Math.min(mostUnderReadDb, Math.max(0, options.truePeakDbtp - highestDb));
  const headroomDb = options.ceilingDbtp - usualUnderRead * underReadDb;
  const headroomsDb = Float32Array.from(peaks, (peak) => headroomDb - gainToDb(peak));
  const stepCount = Math.floor(energies.length / binsPerStep);
  const limited = new Float64Array(stepCount);
  const reductionsDb = new Float64Array(Math.max(0, stepCount - stepsPerBlock + 1));
  const full = new Float64Array(stepCount);
  for (let bin = 0; bin < stepCount * binsPerStep; bin++)
    full[Math.floor(bin / binsPerStep)] += energies[bin];

  return (gainDb) => {
    limited.fill(0);
    followReductions(headroomsDb, gainDb, stepCount * binsPerStep, (bin, reductionDb) => {
      limited[Math.floor(bin / binsPerStep)] += energies[bin] * 10 ** (-reductionDb / 10);
    });
    for (let block = 0; block < reductionsDb.length; block++) {
      let before = 0;
      let after = 0;
      for (let step = block; step < block + stepsPerBlock; step++) {
        before += full[step];
        after += limited[step];
      }
      reductionsDb[block] = after > 0 ? powerToDb(before / after) : 0;
    }
    return reductionsDb;
  };
}

/** The limiter's gain curve, coarsely: tells the reduction in dB of each bin. */
function followReductions(
  headroomsDb: Float32Array,
  gainDb: number,
  binCount: number,
  tell: (bin: number, reductionDb: number) => void,
): void {
  const { factor, charge, discharge } = limiterRelease(limiterDefaults.releaseMs, binsPerSec);
  let reductionDb = 0;
  let followerDb = 0;
  for (let bin = 0; bin < binCount; bin++) {
    let heldDb = 0;
    for (let near = Math.max(0, bin - holdBins); near <= bin; near++) {
      heldDb = Math.max(heldDb, gainDb - headroomsDb[near]);
    }
    followerDb += (heldDb - followerDb) * (heldDb > followerDb ? charge : discharge);
    reductionDb = Math.max(heldDb, followerDb + (reductionDb - followerDb) * factor);
    tell(bin, reductionDb);
  }
}
