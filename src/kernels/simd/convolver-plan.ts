/** How a convolver cuts its work. */
export interface ConvolverPlan {
  /** Length of the transforms, a power of two. */
  readonly fftLength: number;
  /** Frames that one transform yields; a hop takes ceil(hopFrames / stepFrames) of them. */
  readonly stepFrames: number;
  /** Equal parts of the filters; more than one only where fftLength is twice the step. */
  readonly partitionCount: number;
}

/** Time of the products of one bin, in units of one bin through one radix-2 stage; measured. */
const productCost = 1.8;

/**
 * The fastest plan for a filter length and a hop: one partition with as many steps a hop as pay off, or uniform
 * partitions of half a transform.
 * @param tapCount 1 or more; @param hopFrames a multiple of 8
 */
export function planConvolver(tapCount: number, hopFrames: number): ConvolverPlan {
  let best: ConvolverPlan | undefined;
  let leastCost = Infinity;
  const consider = (plan: ConvolverPlan): void => {
    const { fftLength, stepFrames, partitionCount } = plan;
    const bins = Math.ceil(hopFrames / stepFrames) * fftLength;
    const cost = bins * (Math.log2(fftLength) + productCost * partitionCount);
    if (cost >= leastCost) return;
    leastCost = cost;
    best = plan;
  };
  for (let fftLength = 128; fftLength <= 4 * (hopFrames + tapCount); fftLength *= 2) {
    const validFrames = Math.min(hopFrames, fftLength - tapCount + 1);
    if (validFrames > 0) {
      const stepFrames = Math.ceil(hopFrames / Math.ceil(hopFrames / validFrames));
      consider({ fftLength, stepFrames, partitionCount: 1 });
    }
    const half = fftLength / 2;
    // Partitions follow each other at the step.
    if (hopFrames % half === 0 && half < tapCount) {
      consider({ fftLength, stepFrames: half, partitionCount: Math.ceil(tapCount / half) });
    }
  }
  return best!;
}
