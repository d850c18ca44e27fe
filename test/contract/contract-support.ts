import { expect } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { FeedbackDelayOptions } from '../../src/kernels/interfaces/convolvers.ts';
import type { LimiterGainOptions } from '../../src/kernels/interfaces/gains.ts';
import type { PolyphaseFir } from '../../src/kernels/interfaces/meters.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { noise } from '../support.ts';

export const scalar = createScalarKernels();
export const simd = await loadKernels();
/** Both sets of kernels by their names: what holds for one holds for the other. */
export const sets: [string, Kernels][] = [
  ['scalar', scalar],
  ['simd', simd],
];

/** Frame counts that a stretch of audio is cut into. */
export const cutSizes = [1, 7, 512, 4096];

/** Counts of channels below, at and above what kernels take at once. */
export const channelCounts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 17, 64];

/** Rows of noise. */
export const rows = (count: number, frames: number, seed = 1, amplitude = 0.9): Float32Array[] =>
  Array.from({ length: count }, (_, row) => noise(frames, seed * 1000 + row, amplitude));

export const emptyRows = (count: number, frames: number): Float32Array[] =>
  Array.from({ length: count }, () => new Float32Array(frames));

/** The samples [from, to) of all channels, copied. */
export const slices = (channels: readonly Float32Array[], from: number, to: number): Float32Array[] =>
  channels.map((channel) => channel.slice(from, to));

/** Filters of both ears, each of unit power or so. */
export const filterPairs = (count: number, tapCount: number): { left: Float32Array; right: Float32Array }[] =>
  Array.from({ length: count }, (_, i) => ({
    left: noise(tapCount, 50 + i, 1 / Math.sqrt(tapCount)),
    right: noise(Math.max(1, tapCount - i), 150 + i, 1 / Math.sqrt(tapCount)),
  }));

/** A network with lines of a small room. */
export const feedbackOptions = (hopFrames: number): FeedbackDelayOptions => ({
  lineSamples: [211, 243, 281, 321, 359, 404, 453, 506],
  middleGains: [0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.78, 0.76],
  sideGains: [0.02, 0.022, 0.024, 0.026, 0.028, 0.03, 0.032, 0.034],
  tapSpacingSamples: 2,
  inputGains: [0.3, 0.3, 0.3, -0.3, 0.3, -0.3, -0.3, 0.3],
  hopFrames,
});

/** Calls `process` for each piece of [0, frameCount) of the given size. */
export function cut(frameCount: number, size: number, process: (from: number, to: number) => void): void {
  for (let from = 0; from < frameCount; from += size) process(from, Math.min(from + size, frameCount));
}

/** Largest magnitude of a - b; NaN where one is. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs(a[i]! - b[i]!) <= largest)) largest = Math.abs(a[i]! - b[i]!);
  }
  return largest;
}

/** Denormal numbers cost fifty times the time; other work on the machine disturbs by less than this. */
export const slack = 4;

/** Least time in ms of several runs: what the work costs when nothing disturbs it. */
export function leastTimeMs(work: () => void, runs = 7): number {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Interpolator of BS.1770-5 Annex 2, table 1: 4 phases of 12 taps, the last two mirror the first two. */
const annex2Phases = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
    0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
    0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
];
/** The same with all its phases. */
export const annex2: PolyphaseFir = {
  phaseCount: 4,
  tapCount: 12,
  coefficients: Float32Array.from([
    ...annex2Phases[0]!,
    ...annex2Phases[1]!,
    ...annex2Phases[1]!.toReversed(),
    ...annex2Phases[0]!.toReversed(),
  ]),
};

export const irregular: PolyphaseFir = { phaseCount: 3, tapCount: 5, coefficients: noise(15, 77) };

/** Largest interpolated magnitude of the interval of each frame, in float64. */
export function referenceMagnitudes(fir: PolyphaseFir, input: Float32Array): Float64Array {
  const { phaseCount, tapCount, coefficients } = fir;
  return Float64Array.from(input, (_, frame) => {
    let largest = 0;
    for (let phase = 0; phase < phaseCount; phase++) {
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++)
        sum += coefficients[phase * tapCount + tap]! * (input[frame - tap] ?? 0);
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  });
}

/** K-weighting at 48 kHz, BS.1770-5 Annex 1, tables 1 and 2. */
export const kWeighting = [
  {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
] as const;

/** Gain curves of one group unless there are links; the release is quick and has no slow part unless given. */
export const limiterOptions = (options: Partial<LimiterGainOptions> = {}): LimiterGainOptions => ({
  links: Float64Array.of(1),
  ceilingGain: 0.5,
  lookaheadSamples: 96,
  holdSamples: 0,
  release: { factor: 0.999, charge: 0, discharge: 0 },
  ...options,
});
