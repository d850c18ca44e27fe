import { powerToDb } from '../base/units.ts';
import { powerToLufs } from '../meter/loudness-gating.ts';
import type { ReductionEstimate } from './reduction-estimate.ts';

/** What is known of a programme before it was limited. */
export interface LoudnessCurveOptions {
  /** Weighted mean square of each gating block at unity gain. */
  readonly blockPowers: Float64Array;
  /** Gain at which the highest peak touches the ceiling; up to there nothing is limited. */
  readonly touchGainDb: number;
  /** Gated loudness of block powers. */
  readonly measureLufs: (blockPowers: Float64Array) => number;
  readonly estimateDb: ReductionEstimate;
}

/** Loudness of a limited programme over the gain in front of the limiter, learnt from passes. */
export interface LoudnessCurve {
  /** Predicted loudness at a gain; exact where nothing is limited, the gates' jumps included. */
  at(gainDb: number): number;
  /** Takes in the block powers that a gain gave. */
  learn(gainDb: number, blockPowers: Float64Array): void;
  /**
   * Lowest predicted gain between two others at which a loudness is reached; where it is jumped over, a gain just
   * below the jump; `toDb` where it is not reached.
   */
  solve(aimLufs: number, fromDb: number, toDb: number): number;
}

/**
 * Steps in which a gain is looked for: gates make the curve fall, so a wider bracket may hold several. Estimates,
 * which are smooth, are made at multiples of it and interpolated linearly.
 */
const stepDb = 0.25;
/** Width to which a gain is found, and its distance from a jump. */
const exactnessDb = 1e-4;
const jumpMarginDb = 0.02;
/** More loudness than this within `exactnessDb` is a jump. */
const jumpLu = 0.01;

/** How far behind two passes their corrections are continued, in distances between them. */
const mostShare = 3;

/** How far a pass showed the estimate to be off, in dB [block]. */
interface Correction {
  readonly gainDb: number;
  readonly errorsDb: Float64Array;
}

/**
 * Creates the curve of a programme. Up to the touching gain it is exact; above, every gating block has the
 * reduction that was estimated for it, corrected by what passes showed: at their gains the curve is what they
 * measured, and the corrections are interpolated linearly. The gates are applied to the predicted blocks.
 */
export function createLoudnessCurve(options: LoudnessCurveOptions): LoudnessCurve {
  const { blockPowers, touchGainDb, measureLufs } = options;
  const estimateDb = interpolate(options.estimateDb);
  const corrections: Correction[] = [{ gainDb: touchGainDb, errorsDb: new Float64Array(blockPowers.length) }];
  const powers = new Float64Array(blockPowers.length);
  const loudestLufs = powerToLufs(blockPowers.reduce((max, power) => Math.max(max, power), 0));

  const at = (gainDb: number): number => {
    const reductionsDb = gainDb > touchGainDb ? estimateDb(gainDb) : undefined;
    const [lower, upper, share] = around(corrections, gainDb);
    for (let block = 0; block < powers.length; block++) {
      const reductionDb = reductionsDb
        ? reductionsDb[block] +
          lower.errorsDb[block] +
          share * (upper.errorsDb[block] - lower.errorsDb[block])
        : 0;
      powers[block] = blockPowers[block] * 10 ** ((gainDb - reductionDb) / 10);
    }
    return measureLufs(powers);
  };
  return {
    at,
    learn(gainDb, limitedPowers) {
      if (gainDb <= touchGainDb || corrections.some((known) => known.gainDb === gainDb)) return;
      const reductionsDb = estimateDb(gainDb);
      const errorsDb = blockPowers.map((power, block) =>
        power > 0 && limitedPowers[block] > 0
          ? gainDb + powerToDb(power / limitedPowers[block]) - reductionsDb[block]
          : 0,
      );
      corrections.push({ gainDb, errorsDb });
      corrections.sort((a, b) => a.gainDb - b.gainDb);
    },
    solve(aimLufs, fromDb, toDb) {
      // No programme is louder than its loudest block, so the search need not begin lower.
      let lowDb = Math.max(fromDb, aimLufs - loudestLufs - stepDb);
      let highDb = lowDb;
      do {
        lowDb = highDb;
        if (lowDb >= toDb) return toDb;
        highDb = Math.min(toDb, lowDb + stepDb);
      } while (at(highDb) < aimLufs);
      while (highDb - lowDb > exactnessDb) {
        const middleDb = (lowDb + highDb) / 2;
        if (at(middleDb) < aimLufs) lowDb = middleDb;
        else highDb = middleDb;
      }
      return at(highDb) - at(lowDb) > jumpLu ? lowDb - jumpMarginDb : highDb;
    },
  };
}

/** The estimate at multiples of `stepDb`, each made once, and between them on straight lines. */
function interpolate(estimateDb: ReductionEstimate): ReductionEstimate {
  const made = new Map<number, Float64Array>();
  const at = (step: number): Float64Array => {
    const reductionsDb = made.get(step) ?? estimateDb(step * stepDb).slice();
    made.set(step, reductionsDb);
    return reductionsDb;
  };
  return (gainDb) => {
    const step = Math.floor(gainDb / stepDb);
    const share = gainDb / stepDb - step;
    const upper = at(step + 1);
    return at(step).map((lowerDb, block) => lowerDb + share * (upper[block] - lowerDb));
  };
}

/** Corrections of two gains and where another lies between them: 0 to 1, or above 1 behind the last one. */
function around(corrections: readonly Correction[], gainDb: number): [Correction, Correction, number] {
  const above = corrections.findIndex((known) => known.gainDb >= gainDb);
  const last = corrections.at(-1)!;
  // Behind a single pass its correction holds; that of two goes on as it went from one to the other.
  if (above === 0 || (above < 0 && corrections.length < 3)) return [last, last, 0];
  const upper = corrections.at(above)!;
  const lower = corrections.at(above - 1)!;
  return [lower, upper, Math.min(mostShare, (gainDb - lower.gainDb) / (upper.gainDb - lower.gainDb))];
}
