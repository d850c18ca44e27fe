import { requireResampler } from '../kernel-options.ts';
import type { ResamplerKernel, ResamplingFir } from '../interfaces/filters.ts';
import { addsTapAfterTap, createResamplerStream } from '../resampler-stream.ts';

/** Input frames that are laid behind the taps at a time. */
const chunkFrames = 2048;

/** Creates the scalar `ResamplerKernel`. */
export function createResampler(channelCount: number, fir: ResamplingFir): ResamplerKernel {
  requireResampler(channelCount, fir);
  const { upFactor, downFactor, tapCount, coefficients } = fir;
  const capacityFrames = tapCount + chunkFrames;
  const sum = addsTapAfterTap(fir) ? productInOrder : product;
  const lines = Array.from({ length: channelCount }, () => new Float64Array(capacityFrames));
  return createResamplerStream(fir, {
    channelCount,
    capacityFrames,
    chunkFrames,
    outputFrames: chunkFrames,
    load(inputs, from, to, at) {
      for (const [channel, line] of lines.entries()) {
        const input = inputs[channel]!;
        for (let i = from; i < to; i++) line[at + i - from] = input[i]!;
      }
    },
    shift(from, frameCount) {
      for (const line of lines) line.copyWithin(0, from, from + frameCount);
    },
    clear(frameCount) {
      for (const line of lines) line.fill(0, 0, frameCount);
    },
    run(at, phase, frameCount, outputs, to) {
      for (const [channel, line] of lines.entries()) {
        const output = outputs[channel]!;
        for (let frame = 0; frame < frameCount; frame++) {
          const place = phase + frame * downFactor;
          const row = (place % upFactor) * tapCount;
          output[to + frame] = sum(coefficients, row, tapCount, line, at + Math.floor(place / upFactor));
        }
      }
    },
  });
}

/** Sum of products, tap after tap; see `addsTapAfterTap`. */
function productInOrder(
  coefficients: Float64Array,
  row: number,
  tapCount: number,
  line: Float64Array,
  at: number,
): number {
  let sum = 0;
  for (let tap = 0; tap < tapCount; tap++) {
    const coefficient = coefficients[row + tap]!;
    if (coefficient !== 0) sum += coefficient * line[at + tap]!;
  }
  return sum;
}

/** Sum of products in eight sums, as the SIMD twin has them. */
function product(
  coefficients: Float64Array,
  row: number,
  tapCount: number,
  line: Float64Array,
  at: number,
): number {
  let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let tap = 0; tap < tapCount; tap += 8) {
    const c = row + tap;
    const x = at + tap;
    a0 += coefficients[c]! * line[x]!;
    a1 += coefficients[c + 1]! * line[x + 1]!;
    b0 += coefficients[c + 2]! * line[x + 2]!;
    b1 += coefficients[c + 3]! * line[x + 3]!;
    c0 += coefficients[c + 4]! * line[x + 4]!;
    c1 += coefficients[c + 5]! * line[x + 5]!;
    d0 += coefficients[c + 6]! * line[x + 6]!;
    d1 += coefficients[c + 7]! * line[x + 7]!;
  }
  return a0 + b0 + (c0 + d0) + (a1 + b1 + (c1 + d1));
}
