/** A step of a split into bands: what stands in line `from` is divided, or turned in phase in place. */
export interface BandSplitStep {
  /** 'split' leaves the low part in `from` and puts the high one into `to`; 'all-pass' has both the same. */
  readonly kind: 'split' | 'all-pass';
  readonly crossover: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Plans a split into crossoverCount + 1 bands: the sound is in line 0 at first, each band in a line of its number in the
 * end. The middle crossover divides first, which takes fewest steps; each half then passes the all-passes of the
 * crossovers of the other, so that all bands have turned in phase alike and their sum is flat.
 */
export function planBandSplit(crossoverCount: number): BandSplitStep[] {
  const steps: BandSplitStep[] = [];
  const divide = (first: number, end: number): void => {
    if (first === end) return;
    const middle = (first + end) >> 1;
    steps.push({ kind: 'split', crossover: middle, from: first, to: middle + 1 });
    for (let crossover = first; crossover < end; crossover++) {
      const line = crossover < middle ? middle + 1 : first;
      if (crossover !== middle) steps.push({ kind: 'all-pass', crossover, from: line, to: line });
    }
    divide(first, middle);
    divide(middle + 1, end);
  };
  divide(0, crossoverCount);
  return steps;
}
