/**
 * The compute kernels behind every audio path, in two sets: `scalar/` (TypeScript: the readable reference and
 * the fallback) and `simd/` (AssemblyScript with v128). Both obey the
 * interfaces in `interfaces/` and one contract, which `test/contract/` holds for each kernel; they agree within 2e-6 of
 * full scale. Samples are planar Float32Array, filter state and sums float64.
 *
 * Every kernel object allocates when it is created and never again. Its result does not depend on how the
 * audio is cut into calls: all windows, ramps and partitions are anchored at absolute sample 0.
 */

import type {
  ChannelConvolverKernel,
  ChannelConvolverOptions,
  EarConvolverKernel,
  EarConvolverOptions,
  FeedbackDelayKernel,
  FeedbackDelayOptions,
  FixedConvolverKernel,
  FixedConvolverOptions,
  MixConvolverKernel,
  MixConvolverOptions,
  StereoConvolverKernel,
  StereoConvolverOptions,
} from './interfaces/convolvers.ts';
import type { ExtentGrid, ExtentKernel } from './interfaces/extent.ts';
import type {
  BandSplitKernel,
  BandSplitOptions,
  BiquadCoefficients,
  DelayGainKernel,
  FilterCascadeKernel,
  ResamplerKernel,
  ResamplingFir,
} from './interfaces/filters.ts';
import type {
  DynamicsGainKernel,
  DynamicsRow,
  LimiterGainKernel,
  LimiterGainOptions,
  LimiterStageKernel,
  LimiterStageOptions,
} from './interfaces/gains.ts';
import type {
  OctaveBandDesign,
  OctaveBandKernel,
  PeakKernel,
  PolyphaseFir,
  PrecisePeakKernel,
  StatisticsKernel,
  WeightedEnergyKernel,
} from './interfaces/meters.ts';
import type { MixKernel } from './interfaces/mix.ts';
import type { ByteOrder, SampleFormat } from './interfaces/pcm.ts';
import type { NoiseShaperOptions, QuantizerKernel, QuantizerOptions } from './interfaces/quantizers.ts';

/** One set of kernels. A set owns its memory: make one for each job or worker and drop it with the job. */
export interface Kernels {
  readonly kind: 'scalar' | 'simd';
  /**
   * Interleaved PCM to planar float (full scale of integers: 2^(bits-1)).
   * @param bytes at least frameCount * outputs.length samples of `format`
   * @param byteOrder default: 'little'
   */
  decodePcm(
    format: SampleFormat,
    bytes: Uint8Array,
    frameCount: number,
    outputs: readonly Float32Array[],
    byteOrder?: ByteOrder,
  ): void;
  /**
   * Planar float to interleaved PCM: rounds to nearest even, clips to the range of `format`.
   * @param byteOrder default: 'little'
   */
  encodePcm(
    format: SampleFormat,
    inputs: readonly Float32Array[],
    frameCount: number,
    bytes: Uint8Array,
    byteOrder?: ByteOrder,
  ): void;
  createMix(sourceCount: number, outputCount: number, capacityFrames: number): MixKernel;
  createWeightedEnergy(
    channelCount: number,
    stages: readonly [BiquadCoefficients, BiquadCoefficients],
  ): WeightedEnergyKernel;
  /** @param pairs channels whose products are summed [pair] */
  createStatistics(channelCount: number, pairs: readonly (readonly [number, number])[]): StatisticsKernel;
  createOctaveBands(channelCount: number, design: OctaveBandDesign): OctaveBandKernel;
  /** @param sections [channel][section], equally many for every channel */
  createFilterCascade(sections: readonly (readonly BiquadCoefficients[])[]): FilterCascadeKernel;
  createBandSplit(options: BandSplitOptions): BandSplitKernel;
  createPeak(channelCount: number, fir: PolyphaseFir): PeakKernel;
  createPrecisePeak(channelCount: number, fir: PolyphaseFir): PrecisePeakKernel;
  createLimiterGain(options: LimiterGainOptions): LimiterGainKernel;
  createLimiterStage(options: LimiterStageOptions): LimiterStageKernel;
  createDynamicsGain(rows: readonly DynamicsRow[]): DynamicsGainKernel;
  /**
   * Writes 1 - share + share 10^(levelDb / 20), a gain beside what passes untouched: exactly 1 at 0 dB, within 1e-6 of
   * itself elsewhere. Levels count within -700..700 dB; the arrays may be the same.
   */
  levelsToGains(levelsDb: Float32Array, frameCount: number, share: number, gains: Float32Array): void;
  createDelayGain(channelCount: number, delaySamples: number): DelayGainKernel;
  createQuantizer(options: QuantizerOptions): QuantizerKernel;
  /**
   * A quantiser with white noise, whose errors of earlier samples, clipping apart, are filtered and taken off what
   * is rounded next. NaN leaves no trace in what follows.
   */
  createNoiseShaper(options: NoiseShaperOptions): QuantizerKernel;
  createResampler(channelCount: number, fir: ResamplingFir): ResamplerKernel;
  createStereoConvolver(options: StereoConvolverOptions): StereoConvolverKernel;
  createFixedConvolver(options: FixedConvolverOptions): FixedConvolverKernel;
  createChannelConvolver(options: ChannelConvolverOptions): ChannelConvolverKernel;
  createMixConvolver(options: MixConvolverOptions): MixConvolverKernel;
  createFeedbackDelay(options: FeedbackDelayOptions): FeedbackDelayKernel;
  createEarConvolver(options: EarConvolverOptions): EarConvolverKernel;
  createExtent(grid: ExtentGrid, outputCount: number): ExtentKernel;
}
