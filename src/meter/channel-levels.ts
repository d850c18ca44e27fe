import { gainToDb, powerToDb } from '../base/units.ts';

/** Levels of one channel over the whole programme; silence is -Infinity. */
export interface ChannelLevels {
  /** Root mean square; 0 dBFS is a square wave of full scale, so that a sine of full scale reads -3.01. */
  readonly rmsDbfs: number;
  /** Sample peak above the root mean square; NaN for silence. */
  readonly crestFactorDb: number;
  /** Mean of the samples, full scale 1. */
  readonly dcOffset: number;
}

/** Levels of a channel with these sums; no samples are silence. @param samplePeak largest magnitude, linear */
export function channelLevels(
  sum: number,
  sumOfSquares: number,
  samplePeak: number,
  frameCount: number,
): ChannelLevels {
  const power = frameCount === 0 ? 0 : sumOfSquares / frameCount;
  return {
    rmsDbfs: powerToDb(power),
    crestFactorDb: power === 0 ? NaN : gainToDb(samplePeak) - powerToDb(power),
    dcOffset: frameCount === 0 ? 0 : sum / frameCount,
  };
}
