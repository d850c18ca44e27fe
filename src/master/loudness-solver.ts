/** 'at-most': a highest value, met from below; 'target': a value to meet; 'none': the ceiling alone, by gain. */
export type LoudnessRule = 'at-most' | 'target' | 'none';

/** Settings of one pass over the bus. */
export interface PassSettings {
  readonly gainDb: number;
  /** Ceiling that the limiter is given. */
  readonly limiterCeilingDbtp: number;
}

/** What the finished samples of a pass measure. */
export interface PassResult {
  readonly integratedLufs: number;
  /** Precise true peak of all channels (and of any decode that must hold the ceiling too). */
  readonly truePeakDbtp: number;
  readonly maxReductionDb: number;
}

/** What the solver needs to know. */
export interface LoudnessProblem {
  readonly loudnessRule: LoudnessRule;
  /** Needed unless the rule is 'none'. */
  readonly loudnessLufs?: number | undefined;
  readonly ceilingDbtp: number;
  /** The bus before gain and limiter, measured while it was rendered. */
  readonly unlimited: { readonly integratedLufs: number; readonly truePeakDbtp: number };
  /** Deepest limiting that is allowed. */
  readonly maxReductionDb?: number | undefined;
  readonly maxPasses?: number | undefined;
  /** Sends the bus through gain, limiter and dither, and measures what comes out. */
  runPass(settings: PassSettings): Promise<PassResult>;
}

/** Settings where none are given. */
export const loudnessSolverDefaults = Object.freeze({ maxReductionDb: 6, maxPasses: 4 });

/**
 * How a solution came out: the loudness is met; limiting came to what is allowed first; the programme is
 * silent; or the passes were used up (a loudness that jumps over its target, as gates can make it).
 */
export type SolutionStatus = 'met' | 'reduction-limited' | 'silent' | 'not-converged';

/** The last pass that was run; its output is the one to keep. */
export interface LoudnessSolution extends PassSettings {
  readonly status: SolutionStatus;
  readonly result: PassResult;
  readonly passCount: number;
  /** Loudness asked for less loudness reached; 0 where it is met. */
  readonly missedByLu: number;
}

/** Width of what counts as met, and where in it the solver aims, relative to the loudness asked for. */
const windows = Object.freeze({
  'at-most': { lowestLu: -0.1, aimLu: -0.03, highestLu: 0, isMaximum: true },
  target: { lowestLu: -0.1, aimLu: 0, highestLu: 0.1, isMaximum: false },
});

/** More reduction than is allowed by this much is let pass: the limiter's curve is not exact to the last digit. */
const reductionToleranceDb = 0.05;
/** How far below the ceiling the solver aims where it must correct by gain or ceiling; covers dither. */
const ceilingSafetyDb = 0.005;
/** Loudness lost to limiting grows about with the square of what is over the ceiling: LU per dB squared. */
const typicalLossPerDb2 = 0.015;
/** Least gain of loudness per dB that a guess counts on; sparse hits that are limited hard come down to it. */
const leastSlope = 0.3;
/** Passes beyond the allowed ones that may be spent on coming under a maximum or the ceiling at all. */
const rescuePasses = 6;

/**
 * Finds the gain at which the limited programme meets its loudness, in a closed loop of at most four passes.
 * Where the first gain needs no limiting, which the figures of the unlimited bus foretell, one pass is enough.
 * The last pass of all is kept, so it never exceeds a maximum or the ceiling: where the loudness is not met in
 * time, it repeats the best pass that held both, and where none did, turns down until one does (that alone may
 * take more passes than are allowed).
 */
export async function solveLoudness(problem: LoudnessProblem): Promise<LoudnessSolution> {
  const { loudnessRule, loudnessLufs, unlimited } = problem;
  if (unlimited.truePeakDbtp === -Infinity || unlimited.integratedLufs === -Infinity) {
    if (loudnessRule !== 'none') return solvePeak(problem, 'silent');
  }
  if (loudnessRule === 'none' || loudnessLufs === undefined) return solvePeak(problem, 'met');
  return solveTarget(problem, loudnessLufs, windows[loudnessRule]);
}

/** One downward gain, or none, so that the ceiling holds without limiting. */
async function solvePeak(problem: LoudnessProblem, status: SolutionStatus): Promise<LoudnessSolution> {
  const { ceilingDbtp, unlimited, runPass, maxPasses = loudnessSolverDefaults.maxPasses } = problem;
  const overDb = unlimited.truePeakDbtp - ceilingDbtp;
  let gainDb = overDb > 0 ? -overDb - ceilingSafetyDb : 0;
  for (let passCount = 1; ; passCount++) {
    const settings = { gainDb, limiterCeilingDbtp: ceilingDbtp };
    const result = await runPass(settings);
    const excessDb = result.truePeakDbtp - ceilingDbtp;
    if (excessDb <= 0 || passCount >= maxPasses) {
      return {
        ...settings,
        status: excessDb <= 0 ? status : 'not-converged',
        result,
        passCount,
        missedByLu: 0,
      };
    }
    gainDb -= excessDb + ceilingSafetyDb;
  }
}

async function solveTarget(
  problem: LoudnessProblem,
  loudnessLufs: number,
  window: (typeof windows)['at-most' | 'target'],
): Promise<LoudnessSolution> {
  const { ceilingDbtp, unlimited, runPass } = problem;
  const { maxReductionDb = loudnessSolverDefaults.maxReductionDb } = problem;
  const { maxPasses = loudnessSolverDefaults.maxPasses } = problem;
  const lowest = loudnessLufs + window.lowestLu;
  const highest = loudnessLufs + window.highestLu;
  const curve = createLoudnessCurve(unlimited, ceilingDbtp, loudnessLufs + window.aimLu);
  let limiterCeilingDbtp = ceilingDbtp;
  let highestGainDb = ceilingDbtp - unlimited.truePeakDbtp + maxReductionDb;
  let gainDb = Math.min(curve.firstGainDb, highestGainDb);

  let best: (PassSettings & { readonly missedByLu: number }) | undefined;

  for (let passCount = 1; ; passCount++) {
    const result = await runPass({ gainDb, limiterCeilingDbtp });
    const { integratedLufs } = result;
    const missedByLu = loudnessLufs - integratedLufs;
    const solution = { gainDb, limiterCeilingDbtp, result, passCount, missedByLu };
    const excessDb = result.truePeakDbtp - ceilingDbtp;
    const tooDeepDb = result.maxReductionDb - maxReductionDb;
    const isAllowed = excessDb <= 0 && tooDeepDb <= reductionToleranceDb;
    if (isAllowed && integratedLufs >= lowest && integratedLufs <= highest) {
      return { ...solution, status: 'met', missedByLu: 0 };
    }
    if (isAllowed && integratedLufs < lowest && gainDb >= highestGainDb - 0.02) {
      return { ...solution, status: 'reduction-limited' };
    }
    const isKeepable = isAllowed && (integratedLufs <= highest || !window.isMaximum);
    if (isKeepable && !(best && Math.abs(best.missedByLu) <= Math.abs(missedByLu))) best = solution;
    // A maximum leaves no room for a last attempt; a target may be missed to both sides.
    const isOver = passCount >= (window.isMaximum ? maxPasses - 1 : maxPasses);
    const isBest =
      best !== undefined && best.gainDb === gainDb && best.limiterCeilingDbtp === limiterCeilingDbtp;
    if ((isOver && isBest) || (isKeepable && passCount >= maxPasses)) {
      return { ...solution, status: 'not-converged' };
    }
    if (passCount >= maxPasses + rescuePasses) return { ...solution, status: 'not-converged' };

    if (isOver && best) {
      ({ gainDb, limiterCeilingDbtp } = best);
      continue;
    }
    if (excessDb > 0) limiterCeilingDbtp -= excessDb + ceilingSafetyDb;
    if (tooDeepDb > reductionToleranceDb) highestGainDb = gainDb - tooDeepDb;
    const nextDb = curve.nextGainDb(gainDb, integratedLufs);
    // Limiting only takes loudness away, and a guess from the least slope that is counted on errs downwards.
    const safeDb = Math.min(
      loudnessLufs + window.aimLu - unlimited.integratedLufs,
      gainDb - Math.max(0, integratedLufs - loudnessLufs - window.aimLu) / leastSlope,
    );
    gainDb = Math.min(isOver ? safeDb : nextDb, highestGainDb);
  }
}

/** Predicts the gain at which the limited programme reads a loudness. */
interface LoudnessCurve {
  readonly firstGainDb: number;
  /** Takes what a gain gave and says which to try next. */
  nextGainDb(gainDb: number, integratedLufs: number): number;
}

/**
 * Loudness over gain: a straight line up to the gain at which peaks touch the ceiling, and from there on less
 * by a loss that grows with the square of the excess. The first pass takes a typical factor, the second the
 * factor that the first one showed, and later ones follow the secant of the two before them. Gains that were
 * too low or too high bound the next one.
 */
function createLoudnessCurve(
  unlimited: LoudnessProblem['unlimited'],
  ceilingDbtp: number,
  aimLufs: number,
): LoudnessCurve {
  const touchGainDb = ceilingDbtp - unlimited.truePeakDbtp;
  /** Gain beyond the touching one that would be needed if limiting took nothing away. */
  const neededDb = aimLufs - unlimited.integratedLufs - touchGainDb;
  let tooLowDb = -Infinity;
  let tooHighDb = Infinity;
  let last: { readonly gainDb: number; readonly integratedLufs: number } | undefined;

  const guess = (gainDb: number, integratedLufs: number): number => {
    const missingLu = aimLufs - integratedLufs;
    if (last && Math.abs(gainDb - last.gainDb) > 1e-3) {
      const slope = (integratedLufs - last.integratedLufs) / (gainDb - last.gainDb);
      return gainDb + missingLu / Math.min(1.2, Math.max(leastSlope, slope));
    }
    const overDb = gainDb - touchGainDb;
    const lossLu = unlimited.integratedLufs + gainDb - integratedLufs;
    if (overDb <= 0 || lossLu <= 0) return gainDb + missingLu;
    return touchGainDb + (invertLoss(neededDb, lossLu / overDb ** 2) ?? overDb + missingLu / leastSlope);
  };

  return {
    firstGainDb: touchGainDb + neededDb + (neededDb > 0 ? typicalLossPerDb2 * neededDb ** 2 : 0),
    nextGainDb(gainDb, integratedLufs) {
      if (integratedLufs < aimLufs) tooLowDb = Math.max(tooLowDb, gainDb);
      else tooHighDb = Math.min(tooHighDb, gainDb);
      const nextDb = guess(gainDb, integratedLufs);
      last = { gainDb, integratedLufs };
      const widthDb = tooHighDb - tooLowDb;
      if (nextDb > tooLowDb && nextDb < tooHighDb) return nextDb;
      return Number.isFinite(widthDb) ? tooLowDb + widthDb / 2 : gainDb + aimLufs - integratedLufs;
    },
  };
}

/** Solves x - factor x^2 = needed for the smaller x; undefined near and beyond the crest of that curve. */
function invertLoss(needed: number, factor: number): number | undefined {
  const discriminant = 1 - 4 * factor * needed;
  return discriminant > 0.1 ? (2 * needed) / (1 + Math.sqrt(discriminant)) : undefined;
}
