import { annex2Fir, preciseFir } from '../dsp/true-peak-fir.ts';
import type { Kernels, LimiterGainOptions } from '../kernels/kernels.ts';
import { copyFrames, createSampleWindow } from '../meter/sample-window.ts';
import { createSlidingMinimum } from './sliding-minimum.ts';

/** Frames that one call of a stage may take. */
export const limiterStageCapacityFrames = 4096;

/** Follows the true peak of linked channels. */
export interface PeakDetector {
  /** Envelope frame f speaks of the signal from sample f - delaySamples to the next. */
  readonly delaySamples: number;
  /** Writes the largest magnitude over all channels; `floor` where that is larger. */
  envelope(inputs: readonly Float32Array[], frameCount: number, floor: number, output: Float32Array): void;
  reset(): void;
}

/** The cheap detector: the filter of BS.1770-5, Annex 2, which under-reads by up to 0.7 dB. */
export function createFastDetector(kernels: Kernels, channelCount: number): PeakDetector {
  const kernel = kernels.createPeak(channelCount, annex2Fir);
  return {
    delaySamples: annex2Fir.tapCount / 2,
    envelope: (inputs, frameCount, floor, output) => kernel.envelope(inputs, frameCount, floor, output),
    reset: () => kernel.reset(),
  };
}

/** The exact detector: within 0.01 dB of the band-limited signal. */
export function createExactDetector(kernels: Kernels, channelCount: number): PeakDetector {
  return kernels.createPrecisePeak(channelCount, preciseFir);
}

/** What one stage of a limiter needs. */
export interface LimiterStageOptions extends LimiterGainOptions {
  readonly kernels: Kernels;
  /** Channels to be turned down; the detector may listen to the first of them only. */
  readonly channelCount: number;
  readonly detector: PeakDetector;
  /** Largest magnitude let through, linear. */
  readonly ceilingGain: number;
  /**
   * The gain stays down for so many samples on both sides of a peak. A peak between samples is made of all its
   * neighbours, so they must be turned down alike.
   */
  readonly holdSamples: number;
}

/** One gain over linked channels that keeps them below a ceiling. */
export interface LimiterStage {
  readonly latencySamples: number;
  /** Gains of the last call, frame by frame as its outputs. */
  readonly gains: Float32Array;
  /**
   * @param frameCount at most limiterStageCapacityFrames, which is also the length of the arrays
   * @param outputs may be the same arrays as inputs; what lies behind frameCount is not defined
   */
  process(inputs: readonly Float32Array[], frameCount: number, outputs: readonly Float32Array[]): void;
  reset(): void;
}

/** Creates a stage: detector, hold, look-ahead gain curve, and the delayed signal times that gain. */
export function createLimiterStage(options: LimiterStageOptions): LimiterStage {
  const { kernels, channelCount, detector, ceilingGain, holdSamples } = options;
  // Interval [n, n + 1) concerns its two samples and holdSamples more on either side.
  const hold = createSlidingMinimum(2 * holdSamples + 2);
  const curve = kernels.createLimiterGain(options);
  const latencySamples = detector.delaySamples + holdSamples + curve.latencySamples;
  const delay = createSampleWindow(channelCount, latencySamples, limiterStageCapacityFrames);
  /** What leaves now: the head of each window, for its history is as long as the latency. */
  const delayed = delay.channels.map((channel) => channel.subarray(0, limiterStageCapacityFrames));
  const required = new Float32Array(limiterStageCapacityFrames);
  const gains = new Float32Array(limiterStageCapacityFrames);

  return {
    latencySamples,
    gains,
    process(inputs, frameCount, outputs) {
      detector.envelope(inputs, frameCount, ceilingGain, required);
      for (let frame = 0; frame < frameCount; frame++) {
        required[frame] = required[frame] > ceilingGain ? ceilingGain / required[frame] : 1;
      }
      hold.process(required, frameCount, required);
      curve.process(required, frameCount, gains);
      delay.load(inputs, 0, frameCount);
      const isUnity = onlyOnes(gains, frameCount);
      for (let channel = 0; channel < channelCount; channel++) {
        if (isUnity) copyFrames(delayed[channel], 0, outputs[channel], 0, limiterStageCapacityFrames);
        else multiply(delayed[channel], gains, frameCount, outputs[channel]);
      }
    },
    reset() {
      detector.reset();
      hold.reset();
      curve.reset();
      delay.fill(0);
    },
  };
}

function onlyOnes(gains: Float32Array, frameCount: number): boolean {
  for (let frame = 0; frame < frameCount; frame++) if (gains[frame] !== 1) return false;
  return true;
}

function multiply(input: Float32Array, gains: Float32Array, frameCount: number, output: Float32Array): void {
  for (let frame = 0; frame < frameCount; frame++) output[frame] = input[frame] * gains[frame];
}
