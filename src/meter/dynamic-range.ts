import { gainToDb } from '../base/units.ts';

/** Steps of 100 ms in a block: 3 s. */
const stepsPerBlock = 30;
/** Share of the blocks, the loudest, that counts. */
const loudShare = 0.2;

/** Gathers the blocks of one channel for its DR. */
export interface DynamicRangeMeter {
  /** Takes a step: sum of squares, largest magnitude, and frames. */
  take(sumOfSquares: number, peak: number, frameCount: number): void;
  /** DR of the channel in dB, not rounded; NaN for silence. */
  result(): number;
}

/**
 * Creates a meter of DR, as the TT Dynamic Range Meter has it (Algorithmix, "Measuring DR", 2009): the programme in
 * blocks of 3 s (the last may be shorter), each with its peak and its root mean square, the latter so that a sine
 * has that of its peak; DR is the second highest peak above the mean power of the loudest fifth of the blocks. A lone
 * block stands for its second highest too, and the fifth is at least one block.
 */
export function createDynamicRangeMeter(): DynamicRangeMeter {
  const powers: number[] = [];
  const peaks: number[] = [];
  let [squares, peak, frames, steps] = [0, 0, 0, 0];

  function closeBlock(): void {
    powers.push((2 * squares) / frames);
    peaks.push(peak);
    [squares, peak, frames, steps] = [0, 0, 0, 0];
  }

  return {
    take(sumOfSquares, stepPeak, frameCount) {
      squares += sumOfSquares;
      peak = Math.max(peak, stepPeak);
      frames += frameCount;
      if (++steps === stepsPerBlock) closeBlock();
    },
    result() {
      if (frames > 0) closeBlock();
      const loudest = powers.toSorted((a, b) => b - a);
      const count = Math.max(1, Math.floor(loudShare * loudest.length));
      const mean = loudest.slice(0, count).reduce((sum, power) => sum + power, 0) / count;
      const [highest = 0, second = highest] = peaks.toSorted((a, b) => b - a);
      return mean > 0 ? gainToDb(second / Math.sqrt(mean)) : NaN;
    },
  };
}

/** DR of a programme: the mean of its channels, rounded; NaN where none has one. */
export function programmeDynamicRange(channelsDb: readonly number[]): number {
  const measured = channelsDb.filter((valueDb) => !Number.isNaN(valueDb));
  // What rounds to nothing has no sign.
  return Math.round(measured.reduce((sum, valueDb) => sum + valueDb, 0) / measured.length) + 0;
}
