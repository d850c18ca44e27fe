import type { EarConvolverOptions } from './interfaces/convolvers.ts';

/** Shortest transform. */
const leastFftLength = 256;

/** Steps are multiples of this. */
const stepGrain = 8;

/** How an ear convolver cuts time: part of its options. */
export type EarSteps = Pick<EarConvolverOptions, 'stepFrames' | 'blockSteps'>;

/** Length of the transforms of an ear convolver, a power of two: a block of steps, and the filters before it. */
export function earFftLength({
  tapCount,
  stepFrames,
  blockSteps,
  maximumDelaySamples,
}: EarSteps & Pick<EarConvolverOptions, 'tapCount' | 'maximumDelaySamples'>): number {
  const frames = blockSteps * stepFrames + tapCount - 1 + Math.ceil(maximumDelaySamples);
  return Math.max(leastFftLength, 2 ** Math.ceil(Math.log2(frames)));
}

/** Part of the band over which a limited band ends: so long that filters do not ring around their transform. */
const edgePart = 0.045;

/**
 * How much of each bin an ear convolver lets through [bin], from 0 up to the highest that it works out: a multiple of
 * four, and never that at half the rate. A band that is limited falls along half a cosine at its end.
 * @param bandwidth part of the band up to half the sample rate, above 0 to 1
 */
export function earBand(fftLength: number, bandwidth: number): Float32Array {
  const binCount = 4 * Math.ceil((bandwidth * fftLength) / 8);
  const edgeBins = bandwidth < 1 ? Math.min(binCount, Math.round((edgePart * fftLength) / 2)) : 0;
  return Float32Array.from({ length: binCount }, (_, bin) => {
    const intoEdge = (bin - (binCount - edgeBins) + 0.5) / edgeBins;
    return intoEdge > 0 ? (1 + Math.cos(Math.PI * intoEdge)) / 2 : 1;
  });
}

/** Time that a bin of one source takes: a radix-2 stage, a new setting, a product with one; measured. */
const [stageCost, settingCost, productCost] = [0.7, 5.5, 2];

/** Steps of at most `longestStepFrames` at which an ear convolver takes least time a frame. */
export function planEarSteps(
  tapCount: number,
  maximumDelaySamples: number,
  longestStepFrames: number,
): EarSteps {
  const filterFrames = tapCount - 1 + Math.ceil(maximumDelaySamples);
  let best: EarSteps = { stepFrames: stepGrain, blockSteps: 1 };
  let leastCost = Infinity;
  for (let fftLength = leastFftLength; fftLength <= 8 * (filterFrames + longestStepFrames); fftLength *= 2)
    for (let blockSteps = 1; blockSteps <= 8; blockSteps++) {
      const room = Math.min((fftLength - filterFrames) / blockSteps, longestStepFrames);
      const stepFrames = Math.floor(room / stepGrain) * stepGrain;
      if (stepFrames < stepGrain) break;
      const binCost =
        stageCost * Math.log2(fftLength) +
        settingCost * blockSteps +
        productCost * (blockSteps + earOverlapSteps);
      const cost = (fftLength * binCost) / (blockSteps * stepFrames);
      if (cost >= leastCost) continue;
      leastCost = cost;
      best = { stepFrames, blockSteps };
    }
  return best;
}

/** Steps of a window of an ear convolver. */
const earWindowSteps = 4;

/** Steps before a block whose windows reach into it. */
export const earOverlapSteps = earWindowSteps - 1;

/**
 * The window of an ear convolver [earWindowSteps * stepFrames]: a cubic B-spline. Windows a step apart add up to 1, and
 * what is linear over time between their centres stays so.
 */
export function earWindow(stepFrames: number): Float32Array {
  return Float32Array.from({ length: earWindowSteps * stepFrames }, (_, n) => {
    const fromMiddle = Math.abs(n / stepFrames - 2);
    if (fromMiddle < 1) return 2 / 3 - fromMiddle ** 2 + fromMiddle ** 3 / 2;
    return (2 - fromMiddle) ** 3 / 6;
  });
}
