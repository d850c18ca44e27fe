import { annex2Fir, preciseFir } from '../dsp/true-peak-fir.ts';
import type { Kernels, LimiterRelease } from '../kernels/kernels.ts';
import { createLimiterDips, type LimiterDip } from './limiter-dips.ts';

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
  readonly sampleRateHz: number;
  /** Channels of each group, which share a gain. */
  readonly channelCounts: readonly number[];
  /** Rows of each group behind its channels that are turned down too, but not listened to; 0 unless given. */
  readonly riderCount?: number | undefined;
  /** Makes the detector of a group. */
  readonly createDetector: (kernels: Kernels, channelCount: number) => PeakDetector;
  /** See `LimiterGainOptions`. */
  readonly links: Float64Array;
  /** Factor in front of the stage, linear; 1 unless given. */
  readonly inputGain?: number | undefined;
  /** Largest magnitude let through, linear. */
  readonly ceilingGain: number;
  /** See `LimiterGainOptions`. */
  readonly lookaheadSamples: number;
  /** See `LimiterGainOptions`. */
  readonly release: LimiterRelease;
  /**
   * The gain stays down for so many samples on both sides of a peak. A peak between samples is made of all its
   * neighbours, so they must be turned down alike.
   */
  readonly neighbourSamples: number;
  /** How much longer it stays down; 0 unless given. */
  readonly holdSamples?: number | undefined;
  /** Where the stage goes lower still; `precedingSamples` is the latency of what comes before it. */
  readonly dips?: { readonly list: readonly LimiterDip[]; readonly precedingSamples: number } | undefined;
}

/** A gain for each group of channels that keeps it below a ceiling. */
export interface LimiterStage {
  readonly latencySamples: number;
  /** Gains of the last call, frame by frame as its outputs [group][frame]. */
  readonly gains: readonly Float32Array[];
  /**
   * @param inputs [group][row][frame]
   * @param frameCount at most limiterStageCapacityFrames
   * @param outputs may be the same arrays as inputs
   */
  process(
    inputs: readonly (readonly Float32Array[])[],
    frameCount: number,
    outputs: readonly (readonly Float32Array[])[],
  ): void;
  reset(): void;
}

/** Creates a stage: detectors, hold, linked look-ahead gain curves, and the delayed signals times those gains. */
export function createLimiterStage(options: LimiterStageOptions): LimiterStage {
  const { kernels, channelCounts, riderCount = 0, inputGain = 1, ceilingGain, neighbourSamples } = options;
  const { links, lookaheadSamples, release, holdSamples = 0 } = options;
  /** Ceiling before the input gain, where the detectors listen. */
  const ceiling = Math.fround(ceilingGain / inputGain);
  const detectors = channelCounts.map((count) => options.createDetector(kernels, count));
  // Interval [n, n + 1) concerns its two samples and neighbourSamples more on either side.
  const curves = kernels.createLimiterGain({
    links,
    lookaheadSamples,
    release,
    holdSamples: 2 * neighbourSamples + 1 + holdSamples,
    ceilingGain: ceiling,
  });
  const latencySamples = detectors[0].delaySamples + neighbourSamples + curves.latencySamples;
  const delays = channelCounts.map((count) => kernels.createDelayGain(count + riderCount, latencySamples));
  const gains = channelCounts.map(() => new Float32Array(limiterStageCapacityFrames));
  const dips = options.dips?.list.length
    ? createLimiterDips({
        kernels,
        sampleRateHz: options.sampleRateHz,
        groupCount: gains.length,
        dips: options.dips.list,
        latencySamples: options.dips.precedingSamples + latencySamples,
        capacityFrames: limiterStageCapacityFrames,
      })
    : undefined;

  return {
    latencySamples,
    gains,
    process(inputs, frameCount, outputs) {
      for (let group = 0; group < detectors.length; group++) {
        detectors[group].envelope(inputs[group], frameCount, ceiling, gains[group]);
      }
      curves.process(gains, frameCount, gains);
      dips?.apply(gains, frameCount);
      for (let group = 0; group < delays.length; group++) {
        delays[group].process(inputs[group], inputGain, gains[group], frameCount, outputs[group]);
      }
    },
    reset() {
      for (const part of [...detectors, curves, ...delays]) part.reset();
      dips?.reset();
    },
  };
}
