import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { PeakKernel, PolyphaseFir } from '../interfaces/meters.ts';
import { type CrestThresholds, envelopeThresholds, maximumThresholds, peakBounds } from '../peak-bound.ts';

/** Frames of one decision whether to search or to skip. */
const blockFrames = 32;
/** Inputs below this count as silence: denormal numbers would cost many times the time. */
const smallestInput = 1e-30;
/** Frames that are laid behind the history at a time. */
const chunkFrames = 1024;

/**
 * In what the peak kernels differ: the peak of one frame, a float32. What is not above `floor` may be given as
 * anything not above it.
 * @param newest place of the frame in the samples; all that the FIR reads lies before it
 */
export type FramePeak = (
  samples: Float32Array,
  newest: number,
  floor: number,
  thresholds: CrestThresholds,
) => number;

/** Makes a scalar peak kernel of the peak of a frame; blocks that cannot exceed the floor are skipped. NaN never counts. */
export function createPeakRows(channelCount: number, fir: PolyphaseFir, framePeak: FramePeak): PeakKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  const bounds = peakBounds(fir);
  /** Samples before each chunk: the window of its first frame, and one more for the point before that. */
  const historyFrames = fir.tapCount;
  const rows = Array.from({ length: channelCount }, () => new Float32Array(historyFrames + chunkFrames));

  /** Lays a chunk behind the history. @returns its largest magnitude */
  function load(samples: Float32Array, input: Float32Array, start: number, count: number): number {
    let largest = 0;
    for (let i = 0; i < count; i++) {
      const magnitude = Math.abs(input[start + i]!);
      samples[historyFrames + i] = magnitude < smallestInput ? 0 : input[start + i]!;
      if (magnitude >= smallestInput && magnitude > largest) largest = magnitude;
    }
    return largest;
  }

  /** What the interpolated signal of the frames [from, to) of the chunk cannot exceed. */
  function highest(samples: Float32Array, from: number, to: number): number {
    let largest = 0;
    let bend = 0;
    for (let i = from + 1; i < to + historyFrames; i++) {
      const magnitude = Math.abs(samples[i]!);
      if (magnitude > largest) largest = magnitude;
      if (i < from + 3) continue;
      const difference = Math.abs(samples[i]! - 2 * samples[i - 1]! + samples[i - 2]!);
      if (difference > bend) bend = difference;
    }
    return Math.min(bounds.sum * largest, bounds.line * largest + bounds.bend * bend);
  }

  /** Largest of `largest` and the peaks of the chunk's frames. */
  function maximum(samples: Float32Array, count: number, largest: number): number {
    for (let block = 0; block < count; block += blockFrames) {
      const end = Math.min(block + blockFrames, count);
      if (highest(samples, block, end) <= largest) continue;
      for (let frame = block; frame < end; frame++) {
        largest = Math.max(largest, framePeak(samples, frame + historyFrames, largest, maximumThresholds));
      }
    }
    return largest;
  }

  /** Raises `output` from `start` on to the peaks of the chunk's frames. */
  function raise(
    samples: Float32Array,
    count: number,
    floor: number,
    output: Float32Array,
    start: number,
  ): void {
    for (let block = 0; block < count; block += blockFrames) {
      const end = Math.min(block + blockFrames, count);
      if (highest(samples, block, end) <= floor) continue;
      for (let frame = block; frame < end; frame++) {
        const peak = framePeak(samples, frame + historyFrames, floor, envelopeThresholds);
        if (peak > output[start + frame]!) output[start + frame] = peak;
      }
    }
  }

  /** Calls back for each chunk of each channel, when it is loaded. */
  function eachChunk(
    inputs: readonly Float32Array[],
    frameCount: number,
    take: (
      channel: number,
      samples: Float32Array,
      start: number,
      count: number,
      largestSample: number,
    ) => void,
  ): void {
    requireFrames('inputs', inputs, frameCount);
    for (let start = 0; start < frameCount; start += chunkFrames) {
      const count = Math.min(chunkFrames, frameCount - start);
      for (const [channel, samples] of rows.entries()) {
        take(channel, samples, start, count, load(samples, inputs[channel]!, start, count));
        samples.copyWithin(0, count, count + historyFrames);
      }
    }
  }

  return {
    channelCount,
    maxima(inputs, frameCount, peaks, samplePeaks) {
      eachChunk(inputs, frameCount, (channel, samples, _start, count, largestSample) => {
        samplePeaks[channel] = Math.max(samplePeaks[channel]!, largestSample);
        peaks[channel] = maximum(samples, count, peaks[channel]!);
      });
    },
    envelope(inputs, frameCount, floor, output) {
      const lowest = Math.fround(floor);
      output.fill(lowest, 0, frameCount);
      eachChunk(inputs, frameCount, (_channel, samples, start, count) =>
        raise(samples, count, lowest, output, start),
      );
    },
    reset: () => rows.forEach((samples) => samples.fill(0)),
  };
}
