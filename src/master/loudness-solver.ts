import { integratedLoudnessLufs } from '../meter/loudness-gating.ts';
import { createLoudnessCurve, type LoudnessCurve } from './loudness-curve.ts';
import type { ReductionEstimate } from './reduction-estimate.ts';

/**
 * What a target's level is to be:
 * - `target`: a loudness to meet, within 0.05 LU to both sides, so that its tenths read as asked
 * - `at-most`: a highest loudness, met from below, within 0.1 LU and never above
 * - `maximum`: a highest loudness that is not met but kept: what is below stays as it is
 * - `peak`: one gain, up or down and without limiting, that brings the true peak to the ceiling
 * - `none`: unity gain; turned down only where the ceiling asks for it, without limiting
 */
export const loudnessRules = ['target', 'at-most', 'maximum', 'peak', 'none'] as const;

/** One of `loudnessRules`. */
export type LoudnessRule = (typeof loudnessRules)[number];

/** Whether a rule is about loudness; the others are about peaks alone. */
export const hasLoudness = (rule: LoudnessRule): rule is 'target' | 'at-most' | 'maximum' =>
  rule !== 'peak' && rule !== 'none';

/** Settings of one pass over the bus. */
export interface PassSettings {
  readonly gainDb: number;
}

/** What the finished samples of a pass measure. */
export interface PassResult {
  readonly integratedLufs: number;
  /** Weighted mean square of each gating block; as many as the unlimited bus has. */
  readonly blockPowers: Float64Array;
  /** Precise true peak of all channels (and of any decode that must hold the ceiling too). */
  readonly truePeakDbtp: number;
  readonly maxReductionDb: number;
}

/** What the solver needs to know. */
export interface LoudnessProblem<Result extends PassResult = PassResult> {
  readonly loudnessRule: LoudnessRule;
  /** Needed unless the rule is about peaks alone. */
  readonly loudnessLufs?: number | undefined;
  readonly ceilingDbtp: number;
  /** The bus before gain and limiter, measured while it was rendered. */
  readonly unlimited: Pick<PassResult, 'blockPowers' | 'truePeakDbtp'>;
  /** What limiting will take from each block; a typical loss unless given. */
  readonly estimateDb?: ReductionEstimate | undefined;
  /** Gated loudness of block powers; that of BS.1770-5 unless given. */
  readonly measureLufs?: ((blockPowers: Float64Array) => number) | undefined;
  /** Deepest limiting that is allowed. */
  readonly maxReductionDb?: number | undefined;
  readonly maxPasses?: number | undefined;
  /**
   * Sends the bus through gain, limiter and dither, and measures what comes out. Where an earlier pass was over
   * the ceiling, the limiter goes lower in this one.
   */
  runPass(settings: PassSettings): Promise<Result>;
  /** Hears of each pass that will not be the solution; one pass at most is kept beside the one that runs. */
  discard?(result: Result): Promise<void>;
}

/** Settings where none are given. */
export const loudnessSolverDefaults = Object.freeze({ maxReductionDb: 6, maxPasses: 4 });

/**
 * How a solution came out: as asked; limiting came to what is allowed first; the gates make the loudness jump
 * over what was asked, and this is the nearest below; the programme is silent; or the passes were used up.
 */
export type SolutionStatus = 'met' | 'reduction-limited' | 'gate-jump' | 'silent' | 'not-converged';

/** The pass to keep. */
export interface LoudnessSolution<Result extends PassResult = PassResult> extends PassSettings {
  readonly status: SolutionStatus;
  readonly result: Result;
  /** Passes that were run in all. */
  readonly passCount: number;
  /** Loudness asked for less loudness reached; 0 where it is met. */
  readonly missedByLu: number;
}

/** Width of what counts as met, and where in it the solver aims, relative to the loudness asked for. */
const windows = Object.freeze({
  target: { lowestLu: -0.05, aimLu: 0, highestLu: 0.05 },
  'at-most': { lowestLu: -0.1, aimLu: -0.05, highestLu: 0 },
  maximum: { lowestLu: -0.1, aimLu: -0.05, highestLu: 0 },
});

/** More reduction than is allowed by this much is let pass: the limiter's curve is not exact to the last digit. */
const reductionToleranceDb = 0.05;
/** How far below the ceiling the solver aims where it must correct by gain; covers dither. */
const ceilingSafetyDb = 0.005;
/** Least gain of loudness per dB that a safe guess counts on; sparse hits that are limited hard come down to it. */
const leastSlope = 0.3;
/** Loudness that limiting takes away, in dB per dB squared above the ceiling. */
const typicalLossPerDb2 = 0.015;
/** Gains closer than this are one. */
const sameGainDb = 0.02;
/** A jump that the gates make is followed to such a distance. */
const jumpWidthDb = 0.1;
/** Passes beyond the allowed ones that may be spent on coming under a maximum or the ceiling at all. */
const rescuePasses = 6;

/**
 * Finds the gain at which the limited programme meets its loudness, in a closed loop of at most four passes.
 * Where the first gain needs no limiting, which the figures of the unlimited bus foretell, one pass is enough.
 * Of passes that miss, the nearest from below under the ceiling is the solution; only where none held both are
 * more passes run than are allowed, turning down until one does.
 */
export async function solveLoudness<Result extends PassResult>(
  problem: LoudnessProblem<Result>,
): Promise<LoudnessSolution<Result>> {
  const { loudnessRule, loudnessLufs, unlimited, measureLufs = integratedLoudnessLufs } = problem;
  if (!hasLoudness(loudnessRule) || loudnessLufs === undefined) return solvePeak(problem, 'met');
  const isSilent = unlimited.truePeakDbtp === -Infinity || measureLufs(unlimited.blockPowers) === -Infinity;
  return isSilent
    ? solvePeak(problem, 'silent')
    : new LoudnessSearch(problem, loudnessRule, loudnessLufs).run();
}

/** One gain without limiting: to the ceiling by the rule 'peak', else unity or as far down as the ceiling asks. */
async function solvePeak<Result extends PassResult>(
  problem: LoudnessProblem<Result>,
  status: SolutionStatus,
): Promise<LoudnessSolution<Result>> {
  const { loudnessRule, ceilingDbtp, unlimited, maxPasses = loudnessSolverDefaults.maxPasses } = problem;
  const toCeilingDb = ceilingDbtp - unlimited.truePeakDbtp;
  const isMoved = toCeilingDb < 0 || (loudnessRule === 'peak' && toCeilingDb < Infinity);
  let gainDb = isMoved ? toCeilingDb - ceilingSafetyDb : 0;
  for (let passCount = 1; ; passCount++) {
    const result = await problem.runPass({ gainDb });
    const excessDb = Math.max(result.truePeakDbtp - ceilingDbtp, result.maxReductionDb);
    if (excessDb <= 0 || passCount >= maxPasses) {
      const outcome = excessDb <= 0 ? status : 'not-converged';
      return { gainDb, status: outcome, result, passCount, missedByLu: 0 };
    }
    await problem.discard?.(result);
    gainDb -= excessDb + ceilingSafetyDb;
  }
}

/** One pass and what it came to. */
interface Attempt<Result> extends PassSettings {
  readonly result: Result;
}

/** The loop over passes for rules that are about loudness. */
class LoudnessSearch<Result extends PassResult> {
  readonly #problem: LoudnessProblem<Result>;
  readonly #rule: keyof typeof windows;
  readonly #loudnessLufs: number;
  readonly #lowestLufs: number;
  readonly #aimLufs: number;
  readonly #highestLufs: number;
  readonly #maxReductionDb: number;
  readonly #maxPasses: number;
  readonly #curve: LoudnessCurve;
  readonly #unlimitedLufs: number;
  #highestGainDb: number;
  /** Closest passes around the aim. */
  #tooLow: Attempt<Result> | undefined;
  #tooHigh: Attempt<Result> | undefined;
  /** The nearest from below of all that may be kept. */
  #best: Attempt<Result> | undefined;
  #passCount = 0;

  constructor(problem: LoudnessProblem<Result>, rule: keyof typeof windows, loudnessLufs: number) {
    const { unlimited, ceilingDbtp, measureLufs = integratedLoudnessLufs } = problem;
    this.#problem = problem;
    this.#rule = rule;
    this.#loudnessLufs = loudnessLufs;
    this.#lowestLufs = loudnessLufs + windows[rule].lowestLu;
    this.#aimLufs = loudnessLufs + windows[rule].aimLu;
    this.#highestLufs = loudnessLufs + windows[rule].highestLu;
    this.#maxReductionDb = problem.maxReductionDb ?? loudnessSolverDefaults.maxReductionDb;
    this.#maxPasses = problem.maxPasses ?? loudnessSolverDefaults.maxPasses;
    const touchGainDb = ceilingDbtp - unlimited.truePeakDbtp;
    const { blockPowers } = unlimited;
    const estimateDb = problem.estimateDb ?? typicalReduction(blockPowers.length, touchGainDb);
    this.#curve = createLoudnessCurve({ blockPowers, touchGainDb, measureLufs, estimateDb });
    this.#unlimitedLufs = measureLufs(unlimited.blockPowers);
    this.#highestGainDb = Math.min(touchGainDb + this.#maxReductionDb, rule === 'maximum' ? 0 : Infinity);
  }

  async run(): Promise<LoudnessSolution<Result>> {
    const isKept = this.#rule === 'maximum' && this.#curve.at(this.#highestGainDb) <= this.#highestLufs;
    let gainDb = isKept
      ? this.#highestGainDb
      : this.#curve.solve(this.#aimLufs, -Infinity, this.#highestGainDb);
    for (;;) {
      const attempt = { gainDb, result: await this.#problem.runPass({ gainDb }) };
      this.#passCount++;
      const before = this.#best;
      const status = this.#judge(attempt);
      const kept = this.#best ?? (status && attempt);
      for (const pass of [before, attempt]) {
        if (pass && pass !== kept) await this.#problem.discard?.(pass.result);
      }
      if (kept && status) return this.#solution(kept, status);
      gainDb = this.#nextGainDb(attempt);
    }
  }

  /** Takes a pass in. @returns how it all came out, once it did */
  #judge(attempt: Attempt<Result>): SolutionStatus | undefined {
    const { gainDb, result } = attempt;
    const { integratedLufs } = result;
    const excessDb = result.truePeakDbtp - this.#problem.ceilingDbtp;
    const tooDeepDb = result.maxReductionDb - this.#maxReductionDb;
    const isDeep = tooDeepDb > reductionToleranceDb;
    if (isDeep) this.#highestGainDb = gainDb - tooDeepDb;
    this.#curve.learn(gainDb, result.blockPowers);
    if (integratedLufs < this.#aimLufs) this.#tooLow = higher(this.#tooLow, attempt);
    else this.#tooHigh = lower(this.#tooHigh, attempt);
    const isKeepable = excessDb <= 0 && !isDeep && integratedLufs <= this.#highestLufs;
    if (isKeepable && !(this.#best && this.#best.result.integratedLufs >= integratedLufs)) {
      this.#best = attempt;
    }
    if (isKeepable && integratedLufs >= this.#lowestLufs) return 'met';
    const isMaximum = this.#rule === 'maximum';
    if (isKeepable && gainDb >= this.#highestGainDb - sameGainDb) {
      return isMaximum ? 'met' : 'reduction-limited';
    }
    const isOver = this.#passCount >= this.#maxPasses + (this.#best ? 0 : rescuePasses);
    if (this.#best && this.#best === this.#tooLow && (isOver ? this.#isJumping() : this.#isAtJump())) {
      return isMaximum ? 'met' : 'gate-jump';
    }
    return isOver ? 'not-converged' : undefined;
  }

  /** Rise of loudness between the passes around the aim, and of the gain: without jumps it is the smaller one. */
  #rise(): { readonly riseLu: number; readonly widthDb: number } {
    if (!this.#tooLow || !this.#tooHigh) return { riseLu: 0, widthDb: Infinity };
    const riseLu = this.#tooHigh.result.integratedLufs - this.#tooLow.result.integratedLufs;
    return { riseLu, widthDb: this.#tooHigh.gainDb - this.#tooLow.gainDb };
  }

  /** Whether gates make the loudness jump between the two passes. */
  #isJumping(): boolean {
    const { riseLu, widthDb } = this.#rise();
    return riseLu > widthDb + this.#highestLufs - this.#lowestLufs;
  }

  /** Whether one jump between two passes that are close to it leaves out all that counts as met. */
  #isAtJump(): boolean {
    const { widthDb } = this.#rise();
    return (
      widthDb <= jumpWidthDb &&
      this.#tooLow!.result.integratedLufs + widthDb < this.#lowestLufs &&
      this.#tooHigh!.result.integratedLufs - widthDb > this.#highestLufs
    );
  }

  #nextGainDb({ gainDb, result: { integratedLufs } }: Attempt<Result>): number {
    const lowDb = this.#tooLow?.gainDb ?? -Infinity;
    const highDb = Math.min(this.#tooHigh?.gainDb ?? Infinity, this.#highestGainDb);
    if (!this.#best && this.#passCount >= this.#maxPasses - 1) {
      // The last one must hold: limiting only takes loudness away, and the least slope errs downwards.
      const overLu = Math.max(0, integratedLufs - this.#aimLufs);
      return Math.min(this.#aimLufs - this.#unlimitedLufs, gainDb - overLu / leastSlope, this.#highestGainDb);
    }
    const nextDb = this.#curve.solve(this.#aimLufs, lowDb, highDb);
    const missingLu = this.#aimLufs - integratedLufs;
    const isStuck = Math.abs(nextDb - gainDb) < sameGainDb / 2 && Math.abs(missingLu) > sameGainDb;
    if ((nextDb > lowDb && nextDb < highDb && !isStuck) || nextDb === this.#highestGainDb) return nextDb;
    const middleDb = lowDb > -Infinity && highDb < Infinity ? (lowDb + highDb) / 2 : gainDb + missingLu;
    // Where a jump is foretold right above the lower one, the other side of it is looked at.
    return nextDb <= lowDb ? Math.min(middleDb, lowDb + 0.9 * jumpWidthDb) : middleDb;
  }

  #solution(attempt: Attempt<Result>, status: SolutionStatus): LoudnessSolution<Result> {
    const isMissed = status !== 'met';
    const missedByLu = isMissed ? this.#loudnessLufs - attempt.result.integratedLufs : 0;
    return { ...attempt, status, passCount: this.#passCount, missedByLu };
  }
}

/** Where nothing is known of its peaks, a programme loses loudness about with the square of what is over the ceiling. */
function typicalReduction(blockCount: number, touchGainDb: number): ReductionEstimate {
  const reductionsDb = new Float64Array(blockCount);
  return (gainDb) => reductionsDb.fill(typicalLossPerDb2 * Math.max(0, gainDb - touchGainDb) ** 2);
}

const higher = <A extends PassSettings>(a: A | undefined, b: A): A => (a && a.gainDb >= b.gainDb ? a : b);
const lower = <A extends PassSettings>(a: A | undefined, b: A): A => (a && a.gainDb <= b.gainDb ? a : b);
