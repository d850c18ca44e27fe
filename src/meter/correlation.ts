import { powerToDb } from '../base/units.ts';

/** Steps of 100 ms in a window. */
const windowSteps = 4;
/** Mean square that both channels must have in a window: -70 dBFS. */
const gatePower = 1e-7;

/** How two channels go together. */
export interface Correlation {
  /** Sum of products over the root of both sums of squares, -1 to 1; NaN where a channel is silent. */
  readonly correlation: number;
  /** The lowest of any 400 ms, every 100 ms, where both channels are above -70 dBFS; NaN where none is. */
  readonly correlationMin: number;
  /** Where the window of the lowest ends; NaN where there is none. */
  readonly correlationMinEndSec: number;
  /**
   * Level of the sum of both channels above the sum of their powers: 3 dB where they are equal, 0 where they have
   * nothing in common, -Infinity where they cancel; NaN for silence.
   */
  readonly monoFoldDb: number;
}

/** Gathers the sums of one pair. */
export interface CorrelationMeter {
  /** Takes a step: both sums of squares, the sum of products, frames, and where the step ends. */
  take(first: number, second: number, product: number, frameCount: number, endSec: number): void;
  result(): Correlation;
}

/** Creates a meter of correlation and of what is lost when a pair is folded to mono. */
export function createCorrelationMeter(): CorrelationMeter {
  /** The last steps [step modulo window][first, second, product, frames], and all of them. */
  const ring = new Float64Array(4 * windowSteps);
  const totals = new Float64Array(4);
  const window = new Float64Array(4);
  let steps = 0;
  let [lowest, lowestEndSec] = [NaN, NaN];

  return {
    take(first, second, product, frameCount, endSec) {
      const at = 4 * (steps % windowSteps);
      ring[at] = first;
      ring[at + 1] = second;
      ring[at + 2] = product;
      ring[at + 3] = frameCount;
      for (let k = 0; k < 4; k++) totals[k]! += ring[at + k]!;
      if (++steps < windowSteps) return;
      for (let k = 0; k < 4; k++) window[k] = ring[k]! + ring[k + 4]! + ring[k + 8]! + ring[k + 12]!;
      if (Math.min(window[0]!, window[1]!) <= gatePower * window[3]!) return;
      const value = window[2]! / Math.sqrt(window[0]! * window[1]!);
      if (value >= lowest) return;
      lowest = value;
      lowestEndSec = endSec;
    },
    result() {
      const [first, second, product] = totals as unknown as [number, number, number];
      const power = first + second;
      const folded = power + 2 * product;
      return {
        correlation: first > 0 && second > 0 ? product / Math.sqrt(first * second) : NaN,
        correlationMin: lowest,
        correlationMinEndSec: lowestEndSec,
        // Rounding of the sums may leave next to nothing, or less, of channels that cancel.
        monoFoldDb: power === 0 ? NaN : folded < 1e-14 * power ? -Infinity : powerToDb(folded / power),
      };
    },
  };
}
