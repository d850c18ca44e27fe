import type { LoudnessProblem, PassResult } from '../master/loudness-solver.ts';
import { createReductionEstimate, type EstimatedLimiter } from '../master/reduction-estimate.ts';
import type { LevelTrace } from '../meter/level-trace.ts';
import { integratedLoudnessLufs } from '../meter/loudness-gating.ts';

/**
 * What is brought to the loudness of an album: all programmes together, gated over all their blocks as if they
 * were one; or the loudest of them, so that none is above it.
 */
export type AlbumLoudness = 'together' | 'loudest';

/** What the loudness solver is told of a bus at unity gain. */
export interface UnlimitedFigures {
  /** See `LoudnessMeter.blockPowers`; none for ambisonics. */
  readonly blockPowers: Float64Array;
  readonly truePeakDbtp: number;
  /** Undefined for ambisonics. */
  readonly trace?: LevelTrace | undefined;
}

/** One programme of several that share a gain. */
interface Member {
  readonly unlimited: UnlimitedFigures;
}

/** Puts programmes that share a gain into one problem: their gating blocks behind each other, the highest peak. */
export function albumProblem(
  members: readonly Member[],
  limiter: EstimatedLimiter,
  albumLoudness: AlbumLoudness = 'together',
): Pick<LoudnessProblem, 'unlimited' | 'measureLufs' | 'estimateDb'> {
  const figures = members.map(({ unlimited }) => unlimited);
  const estimates = figures.map(({ trace, truePeakDbtp }) =>
    trace ? createReductionEstimate({ ...limiter, trace, truePeakDbtp }) : undefined,
  );
  return {
    unlimited: {
      blockPowers: joinArrays(figures.map(({ blockPowers }) => blockPowers)),
      truePeakDbtp: Math.max(...figures.map(({ truePeakDbtp }) => truePeakDbtp)),
    },
    measureLufs: albumMeasure(members, albumLoudness),
    estimateDb: estimates.every((estimate) => estimate !== undefined)
      ? (gainDb) => joinArrays(estimates.map((estimate) => estimate(gainDb)))
      : undefined,
  };
}

/** Loudness of an album from the gating blocks of its programmes behind each other. */
export function albumMeasure(
  members: readonly Member[],
  albumLoudness: AlbumLoudness = 'together',
): (blockPowers: Float64Array) => number {
  if (albumLoudness === 'together') return integratedLoudnessLufs;
  const lengths = members.map(({ unlimited }) => unlimited.blockPowers.length);
  return (blockPowers) => {
    let end = 0;
    const loudness = lengths.map((length) =>
      integratedLoudnessLufs(blockPowers.subarray(end, (end += length))),
    );
    return Math.max(...loudness);
  };
}

/** What a pass over all programmes measures. */
export function joinResults(
  results: readonly PassResult[],
  measureLufs: (blockPowers: Float64Array) => number,
): PassResult {
  const blockPowers = joinArrays(results.map((result) => result.blockPowers));
  return {
    blockPowers,
    integratedLufs: measureLufs(blockPowers),
    truePeakDbtp: Math.max(...results.map(({ truePeakDbtp }) => truePeakDbtp)),
    maxReductionDb: Math.max(...results.map(({ maxReductionDb }) => maxReductionDb)),
  };
}

function joinArrays(arrays: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const array of arrays) {
    joined.set(array, position);
    position += array.length;
  }
  return joined;
}
