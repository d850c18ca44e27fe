/** Reductions beyond this many octaves of amplitude (385 dB) are cut off there. */
export const mostReduction = 64;

/** Reductions below this are none: the gain is 1 as a float32. */
export const leastReduction = 2 ** -25;

/** How the two moving averages of a limiter's reduction are computed exactly. */
export interface LimiterGrid {
  /** Length of each moving average: half the look-ahead plus one. */
  readonly boxSamples: number;
  /** Steps of an octave; a power of two, small enough for the sums to be exact in float64. */
  readonly grid: number;
  /** Divisor that turns the sum of sums into a reduction. */
  readonly outputScale: number;
}

/** Grid for a look-ahead of an even number of samples: 2^-30 up to a box of 256 samples, coarser beyond. */
export function limiterGrid(lookaheadSamples: number): LimiterGrid {
  const boxSamples = lookaheadSamples / 2 + 1;
  const sumBits = Math.log2(mostReduction) + 2 * Math.ceil(Math.log2(boxSamples));
  const grid = 2 ** Math.min(30, 52 - sumBits);
  return { boxSamples, grid, outputScale: grid * boxSamples * boxSamples };
}
