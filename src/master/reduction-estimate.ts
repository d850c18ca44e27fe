import { dbToGain, gainToDb, powerToDb } from '../base/units.ts';
import type { LevelTrace } from '../meter/level-trace.ts';
import { limiterDefaults } from './limiter.ts';

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

const binMs = 10;
const binsPerStep = 10;
const stepsPerBlock = 4;

/**
 * Foretells the limiter from levels of the unlimited programme in bins of 10 ms: its gain goes down where a bin's
 * peak is over the ceiling, and returns with its release; each bin's energy is weighted with that gain. Good to
 * about 0.1 LU on music, in a thousandth of the time of a pass.
 */
export function createReductionEstimate(options: ReductionEstimateOptions): ReductionEstimate {
  const { energies, peaks } = options.trace;
  const highestDb = gainToDb(peaks.reduce((max, peak) => Math.max(max, peak), 0));
  // Where the LFE has the highest peak, it is far from that of the others.
  const underReadDb = Math.min(mostUnderReadDb, Math.max(0, options.truePeakDbtp - highestDb));
  const ceiling = dbToGain(options.ceilingDbtp - usualUnderRead * underReadDb);
  const stepCount = Math.floor(energies.length / binsPerStep);
  const full = new Float64Array(stepCount);
  const limited = new Float64Array(stepCount);
  const reductionsDb = new Float64Array(Math.max(0, stepCount - stepsPerBlock + 1));
  const keep = Math.exp(-binMs / limiterDefaults.releaseMs);
  for (let bin = 0; bin < stepCount * binsPerStep; bin++)
    full[Math.floor(bin / binsPerStep)] += energies[bin];

  return (gainDb) => {
    const highest = ceiling / dbToGain(gainDb);
    let gain = 1;
    for (let step = 0, bin = 0; step < stepCount; step++) {
      let energy = 0;
      for (const end = bin + binsPerStep; bin < end; bin++) {
        gain = Math.min(1 - (1 - gain) * keep, highest / peaks[bin]);
        energy += energies[bin] * gain ** 2;
      }
      limited[step] = energy;
    }
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
