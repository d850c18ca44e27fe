import { annex2Fir, preciseFir } from '../dsp/true-peak-fir.ts';
import type { Kernels } from '../kernels/kernels.ts';

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
export interface LimiterStageOptions {
  readonly kernels: Kernels;
  /** Channels to be turned down; the detector may listen to the first of them only. */
  readonly channelCount: number;
  readonly detector: PeakDetector;
  /** Factor in front of the stage, linear; 1 unless given. */
  readonly inputGain?: number | undefined;
  /** Largest magnitude let through, linear. */
  readonly ceilingGain: number;
  /** See `LimiterGainOptions`. */
  readonly lookaheadSamples: number;
  /** See `LimiterGainOptions`. */
  readonly releaseFactor: number;
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
   * @param frameCount at most limiterStageCapacityFrames
   * @param outputs may be the same arrays as inputs
   */
  process(inputs: readonly Float32Array[], frameCount: number, outputs: readonly Float32Array[]): void;
  reset(): void;
}

/** Creates a stage: detector, hold, look-ahead gain curve, and the delayed signal times that gain. */
export function createLimiterStage(options: LimiterStageOptions): LimiterStage {
  const { kernels, channelCount, detector, inputGain = 1, ceilingGain, holdSamples } = options;
  const { lookaheadSamples, releaseFactor } = options;
  /** Ceiling before the input gain, where the detector listens. */
  const ceiling = Math.fround(ceilingGain / inputGain);
  // Interval [n, n + 1) concerns its two samples and holdSamples more on either side.
  const curve = kernels.createLimiterGain({
    lookaheadSamples,
    releaseFactor,
    holdSamples: 2 * holdSamples + 1,
    ceilingGain: ceiling,
  });
  const latencySamples = detector.delaySamples + holdSamples + curve.latencySamples;
  const delay = kernels.createDelayGain(channelCount, latencySamples);
  const peaks = new Float32Array(limiterStageCapacityFrames);
  const gains = new Float32Array(limiterStageCapacityFrames);

  return {
    latencySamples,
    gains,
    process(inputs, frameCount, outputs) {
      detector.envelope(inputs, frameCount, ceiling, peaks);
      curve.process(peaks, frameCount, gains);
      delay.process(inputs, inputGain, gains, frameCount, outputs);
    },
    reset() {
      detector.reset();
      curve.reset();
      delay.reset();
    },
  };
}
