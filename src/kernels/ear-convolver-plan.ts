import type { EarConvolverOptions } from './kernels.ts';

/** Shortest transform. */
const leastFftLength = 256;

/** Steps are multiples of this. */
const stepGrain = 8;

/** Length of the transforms of an ear convolver, a power of two: a window of three steps, delayed and filtered. */
export function earFftLength({
  tapCount,
  stepFrames,
  maximumDelaySamples,
}: Pick<EarConvolverOptions, 'tapCount' | 'stepFrames' | 'maximumDelaySamples'>): number {
  const frames = 3 * stepFrames + tapCount - 1 + Math.ceil(maximumDelaySamples);
  return Math.max(leastFftLength, 2 ** Math.ceil(Math.log2(frames)));
}

/** The step, at most `longestStepFrames`, at which an ear convolver takes least time a frame. */
export function planEarStep(
  tapCount: number,
  maximumDelaySamples: number,
  longestStepFrames: number,
): number {
  let best = stepGrain;
  let leastCost = Infinity;
  for (let fftLength = leastFftLength; ; fftLength *= 2) {
    const room = (fftLength - tapCount + 1 - Math.ceil(maximumDelaySamples)) / 3;
    const stepFrames = Math.floor(Math.min(room, longestStepFrames) / stepGrain) * stepGrain;
    if (stepFrames < stepGrain) continue;
    const cost = (fftLength * (Math.log2(fftLength) + 12)) / stepFrames;
    if (cost >= leastCost) return best;
    leastCost = cost;
    best = stepFrames;
  }
}

/**
 * The window of an ear convolver [3 stepFrames]: a quadratic B-spline. Windows a step apart add up to 1, and what is
 * linear over time between their centres stays so.
 */
export function earWindow(stepFrames: number): Float32Array {
  return Float32Array.from({ length: 3 * stepFrames }, (_, n) => {
    const x = n / stepFrames;
    if (x < 1) return (x * x) / 2;
    if (x < 2) return 0.75 - (x - 1.5) ** 2;
    return (3 - x) ** 2 / 2;
  });
}
