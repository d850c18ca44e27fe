import { requireFir, requireFrames, requireInteger } from '../kernel-options.ts';
import type { PeakKernel, PolyphaseFir } from '../kernels.ts';
import { type PeakBounds, peakBounds } from '../peak-bound.ts';

/** Frames of one decision whether to filter or to skip. */
const blockFrames = 32;
/** Inputs below this count as silence: denormal numbers would cost many times the time. */
const smallestInput = 1e-30;
/** Frames that are laid behind the history at a time. */
const chunkFrames = 1024;

/** Creates the scalar `PeakKernel`; sums in float64, magnitudes rounded to float32. NaN never counts as a peak. */
export function createPeak(channelCount: number, fir: PolyphaseFir): PeakKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  requireFir(fir);
  return new ScalarPeak(channelCount, fir);
}

class ScalarPeak implements PeakKernel {
  readonly channelCount: number;
  private readonly fir: PolyphaseFir;
  private readonly bounds: PeakBounds;
  /** Samples before each chunk that its first window reaches back to. */
  private readonly historyFrames: number;
  private readonly samples: Float32Array[];

  constructor(channelCount: number, fir: PolyphaseFir) {
    this.channelCount = channelCount;
    this.fir = { ...fir, coefficients: fir.coefficients.slice() };
    this.bounds = peakBounds(fir);
    this.historyFrames = fir.tapCount - 1;
    this.samples = Array.from(
      { length: channelCount },
      () => new Float32Array(this.historyFrames + chunkFrames),
    );
  }

  maxima(
    inputs: readonly Float32Array[],
    frameCount: number,
    peaks: Float32Array,
    samplePeaks: Float32Array,
  ): void {
    requireFrames('inputs', inputs, frameCount);
    for (let start = 0; start < frameCount; start += chunkFrames) {
      const count = Math.min(chunkFrames, frameCount - start);
      for (let channel = 0; channel < this.channelCount; channel++) {
        const samples = this.load(channel, inputs[channel]!, start, count);
        let peak = peaks[channel]!;
        samplePeaks[channel] = largestMagnitude(inputs[channel]!, start, count, samplePeaks[channel]!);
        for (let block = 0; block < count; block += blockFrames) {
          const end = Math.min(block + blockFrames, count);
          if (this.highest(samples, block, end) <= peak) continue;
          for (let frame = block; frame < end; frame++) {
            const magnitude = this.magnitude(samples, frame);
            if (magnitude > peak) peak = magnitude;
          }
        }
        peaks[channel] = peak;
        samples.copyWithin(0, count, count + this.historyFrames);
      }
    }
  }

  envelope(inputs: readonly Float32Array[], frameCount: number, floor: number, output: Float32Array): void {
    requireFrames('inputs', inputs, frameCount);
    const lowest = Math.fround(floor);
    output.fill(lowest, 0, frameCount);
    for (let start = 0; start < frameCount; start += chunkFrames) {
      const count = Math.min(chunkFrames, frameCount - start);
      for (let channel = 0; channel < this.channelCount; channel++) {
        const samples = this.load(channel, inputs[channel]!, start, count);
        for (let block = 0; block < count; block += blockFrames) {
          const end = Math.min(block + blockFrames, count);
          if (this.highest(samples, block, end) <= lowest) continue;
          for (let frame = block; frame < end; frame++) {
            const magnitude = this.magnitude(samples, frame);
            if (magnitude > output[start + frame]!) output[start + frame] = magnitude;
          }
        }
        samples.copyWithin(0, count, count + this.historyFrames);
      }
    }
  }

  reset(): void {
    for (const samples of this.samples) samples.fill(0);
  }

  private load(channel: number, input: Float32Array, start: number, count: number): Float32Array {
    const samples = this.samples[channel]!;
    for (let i = 0; i < count; i++) {
      const sample = input[start + i]!;
      samples[this.historyFrames + i] = Math.abs(sample) < smallestInput ? 0 : sample;
    }
    return samples;
  }

  /** What the interpolated signal of the frames [from, to) of the chunk cannot exceed. */
  private highest(samples: Float32Array, from: number, to: number): number {
    let largest = 0;
    let bend = 0;
    for (let i = from; i < to + this.historyFrames; i++) {
      const magnitude = Math.abs(samples[i]!);
      if (magnitude > largest) largest = magnitude;
      if (i < from + 2) continue;
      const difference = Math.abs(samples[i]! - 2 * samples[i - 1]! + samples[i - 2]!);
      if (difference > bend) bend = difference;
    }
    const { bounds } = this;
    return Math.min(bounds.sum * largest, bounds.line * largest + bounds.bend * bend);
  }

  /** Largest interpolated magnitude of one frame of the chunk. */
  private magnitude(samples: Float32Array, frame: number): number {
    const { phaseCount, tapCount, coefficients } = this.fir;
    const newest = frame + this.historyFrames;
    let largest = 0;
    for (let phase = 0, c = 0; phase < phaseCount; phase++) {
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++) sum += coefficients[c++]! * samples[newest - tap]!;
      const magnitude = Math.abs(sum);
      if (magnitude > largest) largest = magnitude;
    }
    return Math.fround(largest);
  }
}

/** Largest magnitude of a stretch of samples, `largest` included. */
export function largestMagnitude(
  samples: Float32Array,
  from: number,
  count: number,
  largest: number,
): number {
  for (let i = from; i < from + count; i++) {
    const magnitude = Math.abs(samples[i]!);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}
