import { annex2Fir, preciseFir } from '../dsp/true-peak-fir.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { LimiterRelease, LimiterStageKernel } from '../kernels/interfaces/gains.ts';
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
export interface LimiterStageSettings {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** Channels of each group, which share a gain. */
  readonly channelCounts: readonly number[];
  /** Which detector it listens through. */
  readonly detector: 'fast' | 'exact';
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
export interface LimiterStage extends Pick<LimiterStageKernel, 'gains' | 'isUnity' | 'reset'> {
  readonly latencySamples: number;
  /**
   * @param inputs [group][channel][frame]
   * @param frameCount at most limiterStageCapacityFrames
   * @param outputs may be the same arrays as inputs
   */
  process(
    inputs: readonly (readonly Float32Array[])[],
    frameCount: number,
    outputs: readonly (readonly Float32Array[])[],
  ): void;
}

/** Creates a stage: detectors, hold, linked look-ahead gain curves, and the delayed signals times those gains. */
export function createLimiterStage(settings: LimiterStageSettings): LimiterStage {
  const { kernels, channelCounts, inputGain = 1, neighbourSamples, lookaheadSamples } = settings;
  const fir = settings.detector === 'fast' ? annex2Fir : preciseFir;
  const latencySamples = fir.tapCount / 2 + neighbourSamples + lookaheadSamples;
  const stage = kernels.createLimiterStage({
    channelCounts,
    search: settings.detector === 'fast' ? 'plain' : 'precise',
    fir,
    delaySamples: latencySamples,
    inputGain,
    // Before the input gain, where the detectors listen.
    ceilingGain: Math.fround(settings.ceilingGain / inputGain),
    links: settings.links,
    lookaheadSamples,
    release: settings.release,
    // Interval [n, n + 1) concerns its two samples and neighbourSamples more on either side.
    holdSamples: 2 * neighbourSamples + 1 + (settings.holdSamples ?? 0),
  });
  const dips = settings.dips?.list.length
    ? createLimiterDips({
        kernels,
        sampleRateHz: settings.sampleRateHz,
        groupCount: channelCounts.length,
        dips: settings.dips.list,
        latencySamples: settings.dips.precedingSamples + latencySamples,
        capacityFrames: limiterStageCapacityFrames,
      })
    : undefined;
  return {
    latencySamples,
    gains: stage.gains,
    isUnity: (group) => stage.isUnity(group),
    process: (inputs, frameCount, outputs) => stage.process(inputs, frameCount, outputs, dips?.apply),
    reset() {
      stage.reset();
      dips?.reset();
    },
  };
}
