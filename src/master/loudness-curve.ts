import { powerToDb } from '../base/units.ts';
import { powerToLufs } from '../meter/loudness-gating.ts';

/** What is known of a programme before it was limited. */
export interface LoudnessCurveOptions {
  /** Weighted mean square of each gating block at unity gain. */
  readonly blockPowers: Float64Array;
  /** Gain at which the highest peak touches the ceiling; up to there nothing is limited. */
  readonly touchGainDb: number;
  /** Gated loudness of block powers. */
  readonly measureLufs: (blockPowers: Float64Array) => number;
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

/** Loudness that limiting takes away grows about with the square of what is over the ceiling: dB per dB squared. */
const typicalLossPerDb2 = 0.015;
/** Steps in which a gain is looked for: gates make the curve fall, so a wider bracket may hold several. */
const stepDb = 0.25;
/** Width to which a gain is found, and its distance from a jump. */
const exactnessDb = 1e-4;
const jumpMarginDb = 0.02;
/** More loudness than this within `exactnessDb` is a jump. */
const jumpLu = 0.01;

/** Reduction of each block at a gain, in dB. */
interface KnownGain {
  readonly gainDb: number;
  readonly reductionsDb: Float64Array;
}

/**
 * Creates the curve of a programme. Every gating block has a reduction of its own: none up to the touching gain,
 * and as passes showed at their gains. In between it is interpolated, with the square of the excess next to the
 * touching gain, else linearly; the gates are then applied to the predicted blocks as to measured ones.
 */
export function createLoudnessCurve(options: LoudnessCurveOptions): LoudnessCurve {
  const { blockPowers, touchGainDb, measureLufs } = options;
  const known: KnownGain[] = [];
  const powers = new Float64Array(blockPowers.length);
  const loudestLufs = powerToLufs(blockPowers.reduce((max, power) => Math.max(max, power), 0));

  const at = (gainDb: number): number => {
    const reductionDb = reductionAt(known, touchGainDb, gainDb);
    for (let block = 0; block < powers.length; block++) {
      powers[block] = blockPowers[block] * 10 ** ((gainDb - reductionDb(block)) / 10);
    }
    return measureLufs(powers);
  };
  return {
    at,
    learn(gainDb, limitedPowers) {
      if (gainDb <= touchGainDb || known.some((pass) => pass.gainDb === gainDb)) return;
      const reductionsDb = blockPowers.map((power, block) =>
        power > 0 && limitedPowers[block] > 0 ? gainDb + powerToDb(power / limitedPowers[block]) : 0,
      );
      known.push({ gainDb, reductionsDb });
      known.sort((a, b) => a.gainDb - b.gainDb);
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

/** Reduction of a block at a gain, predicted from what is known. */
function reductionAt(
  known: readonly KnownGain[],
  touchGainDb: number,
  gainDb: number,
): (block: number) => number {
  const overDb = Math.max(0, gainDb - touchGainDb);
  if (overDb === 0) return () => 0;
  if (known.length === 0) return () => typicalLossPerDb2 * overDb ** 2;
  const above = known.findIndex((pass) => pass.gainDb >= gainDb);
  if (above === 0 || known.length === 1) {
    const [first] = known;
    const share = (overDb / (first.gainDb - touchGainDb)) ** 2;
    // More gain never makes a block quieter.
    const mostDb = Math.max(0, gainDb - first.gainDb);
    return (block) =>
      Math.min(first.reductionsDb[block] * share, Math.max(0, first.reductionsDb[block]) + mostDb);
  }
  const upper = known[above < 0 ? known.length - 1 : above];
  const lower = known[above < 0 ? known.length - 2 : above - 1];
  const share = (gainDb - lower.gainDb) / (upper.gainDb - lower.gainDb);
  return (block) =>
    lower.reductionsDb[block] + share * (upper.reductionsDb[block] - lower.reductionsDb[block]);
}
