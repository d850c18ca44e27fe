import { describe, expect, test } from 'vitest';
import {
  addsTapAfterTap,
  createResamplerStream,
  type ResamplerLines,
} from '../../src/kernels/resampler-stream.ts';

const fir = { upFactor: 3, downFactor: 2, tapCount: 8, coefficients: new Float64Array(24) };

/** Lines of one channel that give, as output, the frame of the programme under the oldest tap, and the phase as a fraction. */
function recordingLines(): ResamplerLines {
  let frames: number[] = [];
  return {
    channelCount: 1,
    capacityFrames: 12,
    chunkFrames: 4,
    outputFrames: 2,
    load(inputs, from, to, at) {
      frames.length = at;
      frames.push(...inputs[0]!.subarray(from, to));
    },
    shift(from, frameCount) {
      frames = frames.slice(from, from + frameCount);
    },
    clear(frameCount) {
      frames = Array.from({ length: frameCount }, (_, index) => index - frameCount);
    },
    run(at, phase, frameCount, outputs, to) {
      for (let n = 0; n < frameCount; n++) {
        const place = phase + n * fir.downFactor;
        outputs[0]![to + n] =
          frames[at + Math.floor(place / fir.upFactor)]! + (place % fir.upFactor) / fir.upFactor;
      }
    },
  };
}
const counting = Float32Array.from({ length: 100 }, (_, index) => index);
/** What output n must find: its place less the taps before it. */
const place = (n: number): number => Math.fround((n * 2) / 3 - 3);

describe.each([1, 3, 4, 100])('in pieces of %i frames', (size) => {
  test.each([0, 1, 40])('the outputs from %i on find their input', (first) => {
    const stream = createResamplerStream(fir, recordingLines());
    const found: number[] = [];
    for (let from = stream.start(first); from < 100; from += size) {
      const piece = counting.subarray(from, Math.min(from + size, 100));
      const output = new Float32Array(stream.mostOutputFrames(piece.length));
      const count = stream.process([piece], piece.length, [output]);
      found.push(...output.subarray(0, count));
    }
    expect(found.length).toBe(Math.ceil(((100 - 4) * 3) / 2) - first);
    found.forEach((value, index) => expect(value).toBeCloseTo(place(first + index), 5));
  });
});

test('starts before frame 0 where the input does', () => {
  const stream = createResamplerStream(fir, recordingLines());
  expect(stream.start(-30, -Infinity)).toBe(-23);
  expect(stream.start(0, -2)).toBe(-2);
  expect(stream.start(0)).toBe(0);
  expect(stream.start(300)).toBe(197);
});

test('tap after tap: doubling, and halving where every other tap is zero', () => {
  const dense = new Float64Array(16).fill(1);
  const sparse = dense.map((_, tap) => tap % 2);
  const rule = (upFactor: number, downFactor: number, coefficients: Float64Array): boolean =>
    addsTapAfterTap({ upFactor, downFactor, tapCount: coefficients.length / upFactor, coefficients });
  expect(rule(2, 1, dense)).toBe(true);
  expect(rule(1, 2, sparse)).toBe(true);
  expect(rule(1, 2, dense)).toBe(false);
  expect(rule(2, 3, sparse)).toBe(false);
  expect(rule(160, 147, dense)).toBe(false);
});
