/** How the two moving averages of a limiter gain are computed exactly. */
export interface LimiterGrid {
  /** Length of each moving average: half the look-ahead plus one. */
  readonly boxSamples: number;
  /** Steps of gain 1; a power of two, small enough for the sums to be exact in float64. */
  readonly grid: number;
  /** Divisor that turns the sum of sums into a gain. */
  readonly outputScale: number;
}

/** Grid for a look-ahead of an even number of samples: 2^-30 up to a box of 2048 samples, coarser beyond. */
export function limiterGrid(lookaheadSamples: number): LimiterGrid {
  const boxSamples = lookaheadSamples / 2 + 1;
  const grid = 2 ** Math.min(30, 52 - 2 * Math.ceil(Math.log2(boxSamples)));
  return { boxSamples, grid, outputScale: grid * boxSamples * boxSamples };
}
