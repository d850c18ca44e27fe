import { requireFrames, requireInteger, requirePreciseFir } from '../kernel-options.ts';
import type { PolyphaseFir, PrecisePeakKernel } from '../kernels.ts';
import {
  type CrestThresholds,
  envelopeThresholds,
  maximumThresholds,
  type PeakBounds,
  peakBounds,
} from '../peak-bound.ts';
import { largestMagnitude } from './peak.ts';

/** Frames of one decision whether to search or to skip. */
const blockFrames = 32;
/** Inputs below this count as silence: denormal numbers would cost many times the time. */
const smallestInput = 1e-30;
/** Frames that are laid behind the history at a time. */
const chunkFrames = 1024;

/** Creates the scalar `PrecisePeakKernel`; sums in float64, crests rounded to float32. NaN never counts as a peak. */
export function createPrecisePeak(channelCount: number, fir: PolyphaseFir): PrecisePeakKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  requirePreciseFir(fir);
  return new ScalarPrecisePeak(channelCount, fir);
}

class ScalarPrecisePeak implements PrecisePeakKernel {
  readonly channelCount: number;
  readonly delaySamples: number;
  private readonly fir: PolyphaseFir;
  private readonly bounds: PeakBounds;
  /** A quarter of a sample, in phases. */
  private readonly quarter: number;
  /** Samples before each chunk: the window, and one more for the point before its first. */
  private readonly historyFrames: number;
  private readonly samples: Float32Array[];

  constructor(channelCount: number, fir: PolyphaseFir) {
    this.channelCount = channelCount;
    this.fir = { ...fir, coefficients: fir.coefficients.slice() };
    this.bounds = peakBounds(fir);
    this.quarter = fir.phaseCount / 4;
    this.delaySamples = fir.tapCount / 2;
    this.historyFrames = fir.tapCount;
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
            peak = Math.max(peak, this.crest(samples, frame, peak, maximumThresholds));
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
            const crest = this.crest(samples, frame, lowest, envelopeThresholds);
            if (crest > output[start + frame]!) output[start + frame] = crest;
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
    for (let i = from + 1; i < to + this.historyFrames; i++) {
      const magnitude = Math.abs(samples[i]!);
      if (magnitude > largest) largest = magnitude;
      if (i < from + 3) continue;
      const difference = Math.abs(samples[i]! - 2 * samples[i - 1]! + samples[i - 2]!);
      if (difference > bend) bend = difference;
    }
    const { bounds } = this;
    return Math.min(bounds.sum * largest, bounds.line * largest + bounds.bend * bend);
  }

  /** The largest crest of one frame's interval, from its first sample to just before its last; 0 where none is near the floor. */
  private crest(samples: Float32Array, frame: number, floor: number, thresholds: CrestThresholds): number {
    const { quarter } = this;
    const start = this.magnitude(samples, frame, 0);
    const middle = this.magnitude(samples, frame, 2 * quarter);
    const end = this.magnitude(samples, frame, 4 * quarter);
    const lowestHalf = floor * thresholds.half;
    if (!(start >= lowestHalf || middle >= lowestHalf || end >= lowestHalf)) return 0;
    const lowest = floor * thresholds.quarter;
    const first = start >= lowestHalf || middle >= lowestHalf ? this.magnitude(samples, frame, quarter) : 0;
    const last = middle >= lowestHalf || end >= lowestHalf ? this.magnitude(samples, frame, 3 * quarter) : 0;
    let crest = 0;
    if (start >= lowest && start > first && start >= this.magnitude(samples, frame, -quarter)) {
      crest = this.climb(samples, frame, 0, start);
    }
    if (first >= lowest && first >= start && first > middle) {
      crest = Math.max(crest, this.climb(samples, frame, quarter, first));
    }
    if (middle >= lowest && middle >= first && middle > last) {
      crest = Math.max(crest, this.climb(samples, frame, 2 * quarter, middle));
    }
    if (last >= lowest && last >= middle && last > end) {
      crest = Math.max(crest, this.climb(samples, frame, 3 * quarter, last));
    }
    return crest;
  }

  /** Walks uphill on the finest grid from a point that no neighbour on the grid of quarters exceeds. */
  private climb(samples: Float32Array, frame: number, phase: number, magnitude: number): number {
    for (const step of [1, -1]) {
      let peak = magnitude;
      for (let k = 1; k < this.quarter; k++) {
        const next = this.magnitude(samples, frame, phase + k * step);
        if (!(next > peak)) break;
        peak = next;
      }
      if (peak > magnitude) return peak;
    }
    return magnitude;
  }

  /** Magnitude at a phase of one frame of the chunk; phases may lie one interval before, or be phaseCount: the next sample. */
  private magnitude(samples: Float32Array, frame: number, phase: number): number {
    const { phaseCount, tapCount, coefficients } = this.fir;
    let newest = frame + this.historyFrames;
    if (phase === 0) return Math.abs(samples[newest - tapCount / 2]!);
    if (phase === phaseCount) return Math.abs(samples[newest - tapCount / 2 + 1]!);
    if (phase < 0) newest--;
    const first = (phase < 0 ? phase + phaseCount : phase) * tapCount;
    let sum = 0;
    for (let tap = 0; tap < tapCount; tap++) sum += coefficients[first + tap]! * samples[newest - tap]!;
    return Math.fround(Math.abs(sum));
  }
}
