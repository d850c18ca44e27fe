/**
 * The compute kernels behind every audio path, in two sets: `scalar/` (TypeScript: the readable reference and
 * the fallback) and `simd/` (AssemblyScript with v128). Both obey this file and one contract test; they agree
 * within 2e-6 of full scale. Samples are planar Float32Array, filter state and sums float64.
 *
 * Every kernel object allocates when it is created and never again. Its result does not depend on how the
 * audio is cut into calls: all windows, ramps and partitions are anchored at absolute sample 0.
 */

import type { Vec3 } from '../base/coordinates.ts';

/** Sample formats of PCM files, interleaved. `uint8` is offset binary. */
export type SampleFormat = 'uint8' | 'int16' | 'int24' | 'int32' | 'float32' | 'float64';

/** Bytes of one sample of each format. */
export const bytesPerSample: Readonly<Record<SampleFormat, number>> = Object.freeze({
  uint8: 1,
  int16: 2,
  int24: 3,
  int32: 4,
  float32: 4,
  float64: 8,
});

/** Order of the bytes of a sample in a file, least or most significant first. */
export type ByteOrder = 'little' | 'big';

/** Sources that are added to outputs with gains that are linear over time: the part of mixing that is always the same. */
export interface SourceMixer {
  readonly sourceCount: number;
  readonly outputCount: number;
  /** Frames of a round: no frame below reaches beyond. */
  readonly capacityFrames: number;
  /**
   * Sets the ramp of one source for the `mix` calls that follow: linear from `gainsStart` to `gainsEnd` [output] over
   * lengthSamples, which may be Infinity where they are the same.
   * @param pastSamples how much of the ramp is gone when `elapsedSamples` of `mix` is 0
   * @returns whether any output has a gain; where none has, mixing the source changes nothing
   */
  setRamp(
    source: number,
    gainsStart: Float64Array,
    gainsEnd: Float64Array,
    lengthSamples: number,
    pastSamples: number,
  ): boolean;
  /** Takes samples [from, to) of a source, which become its frames from atFrame on, for the `mix` calls that follow. */
  load(samples: Float32Array, from: number, to: number, atFrame: number): void;
  /**
   * Adds what was loaded to the outputs over the frames [fromFrame, toFrame), with the ramp of a source: out += sample
   * * (start + step * (elapsedSamples + frame - fromFrame)), in float32. Outputs without a gain are left alone.
   */
  mix(source: number, elapsedSamples: number, fromFrame: number, toFrame: number): void;
}

/** Mixes many sources into many outputs, source after source in the order of the calls. */
export interface MixKernel extends SourceMixer {
  /** Begins a round: silences the first frames of every output. */
  clear(frameCount: number): void;
  /** Copies the first frames of every output to those of `outputs` from `at` on. */
  store(outputs: readonly Float32Array[], at: number, frameCount: number): void;
}

/** Coefficients of one biquad, a0 = 1: y = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2. */
export interface BiquadCoefficients {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Two biquads in series (the K-weighting of BS.1770), then the sum of squares, in float64, a channel each. */
export interface WeightedEnergyKernel {
  readonly channelCount: number;
  /** Frames that one load may hold. */
  readonly capacityFrames: number;
  /** Copies frames [fromFrame, toFrame) of the inputs in. */
  load(inputs: readonly Float32Array[], fromFrame: number, toFrame: number): void;
  /**
   * Adds the squares of the weighted samples of frames [fromFrame, toFrame) of the load to `sums[channel]`; frames
   * are weighted once each, in order. States below 1e-20 are set to zero by `flush`.
   */
  accumulate(fromFrame: number, toFrame: number, sums: Float64Array): void;
  /** Zeroes denormal filter states; the caller does so at the bounds of its measuring bins, so that block sizes do not matter. */
  flush(): void;
  reset(): void;
}

/**
 * What a stretch of audio is in numbers, in float64: its sums, its extrema, and how pairs of channels go together.
 * Samples below 1e-30 count as silence; NaN stays in the figures of its channel.
 */
export interface StatisticsKernel {
  readonly channelCount: number;
  /**
   * Overwrites both arrays with the figures of these frames, at least one.
   * @param statistics [channel][sum, sum of squares, lowest, highest]
   * @param products sum of the products of both channels [pair]
   */
  measure(
    inputs: readonly Float32Array[],
    frameCount: number,
    statistics: Float64Array,
    products: Float64Array,
  ): void;
}

/**
 * Octave filters that run at falling sample rates. Stage s takes every second sample of stage s - 1, behind the
 * half-band filter; the first sample of each stage is the first of all. A band is a chain of three sections
 * y = x - x2 - a1 y1 - a2 y2, or of high passes y = x - 2 x1 + x2 - a1 y1 - a2 y2, behind its gain.
 */
export interface OctaveBandDesign {
  /** [band] */
  readonly bands: readonly {
    readonly stage: number;
    readonly isHighPass: boolean;
    /** [section][a1, a2] */
    readonly sections: readonly (readonly [number, number])[];
    readonly gain: number;
  }[];
  /**
   * One side of the half-band filter: the taps at distances 1, 3, 5 ... from its middle, which is 0.5. It is run
   * with a delay of its longest distance.
   */
  readonly halfBandTaps: readonly number[];
}

/**
 * Energy of octave bands, in float64. Every 32 samples of a stage filter states below 1e-20 are set to zero: denormal
 * numbers would cost many times the time.
 */
export interface OctaveBandKernel {
  readonly channelCount: number;
  /** Adds the squares of the filtered samples of these frames to `energies` [channel][band]. */
  accumulate(inputs: readonly Float32Array[], frameCount: number, energies: Float64Array): void;
  reset(): void;
}

/** Biquads in series, each channel with its own, in float64 from the first to the last. Both twins give the same bits. */
export interface FilterCascadeKernel {
  readonly channelCount: number;
  /** Inputs and outputs may be the same arrays. */
  process(inputs: readonly Float32Array[], frameCount: number, outputs: readonly Float32Array[]): void;
  reset(): void;
}

/**
 * A crossover of the fourth order after Linkwitz and Riley: its low-pass is that of Butterworth, gain (1 + z^-1)^2 over
 * 1 + a1 z^-1 + a2 z^-2, twice in series; its high-pass is what the all-pass of the same poles has more.
 */
export interface CrossoverFilter {
  readonly gain: number;
  readonly a1: number;
  readonly a2: number;
}

/** Settings of a split into bands. */
export interface BandSplitOptions {
  /** Ascending; one band more than these, from below. */
  readonly crossovers: readonly CrossoverFilter[];
  /** Which detector hears each channel, from 0 without gaps; -1 for none [channel]. */
  readonly detectorOfChannel: readonly number[];
  /** What a detector hears of its channels: the largest square, or the sum of them. */
  readonly combination: 'max' | 'sum';
  /** Which set of gains each channel takes, from 0 without gaps [channel]. */
  readonly gainSetOfChannel: readonly number[];
}

/**
 * Splits channels into bands, which stay in its memory; says how strong they are, weighs them and sums them. Filters are
 * float64, the bands float32. With gains of 1 the sum is the sound through the all-passes of all crossovers. Both twins
 * give the same bits.
 */
export interface BandSplitKernel {
  readonly channelCount: number;
  readonly bandCount: number;
  /** Frames of a round: no call takes more. */
  readonly capacityFrames: number;
  /** Splits the next frames. */
  split(inputs: readonly Float32Array[], frameCount: number): void;
  /** Sets a band of the round from outside, in place of `split`. */
  load(band: number, inputs: readonly Float32Array[], frameCount: number): void;
  /**
   * What each detector hears of the bands.
   * @param weights factors of the amplitude that detectors hear [channel][frame]; 1 where undefined
   * @param powers squares, overwritten [detector * bandCount + band][frame]
   */
  measure(
    weights: readonly (Float32Array | undefined)[],
    frameCount: number,
    powers: readonly Float32Array[],
  ): void;
  /** Sums the weighted bands. @param gains linear [set * bandCount + band][frame] */
  sum(gains: readonly Float32Array[], frameCount: number, outputs: readonly Float32Array[]): void;
  reset(): void;
}

/** A polyphase interpolator: coefficients[phase * tapCount + tap], tap 0 on the newest sample. */
export interface PolyphaseFir {
  readonly phaseCount: number;
  readonly tapCount: number;
  readonly coefficients: Float32Array;
}

/** Peaks of the interpolated signal: the largest magnitude over all phases of the FIR. */
export interface PeakKernel {
  readonly channelCount: number;
  /**
   * Raises `peaks[channel]` to the largest interpolated magnitude of these frames. Stretches whose samples
   * cannot exceed the peak so far (see `peakBounds`) are skipped: the result is the same.
   * @param samplePeaks raised likewise to the largest magnitude of the samples themselves [channel]
   */
  maxima(
    inputs: readonly Float32Array[],
    frameCount: number,
    peaks: Float32Array,
    samplePeaks: Float32Array,
  ): void;
  /**
   * Writes for every frame the largest interpolated magnitude over the channels, or `floor` where that is
   * larger. Frame f covers the phases after input frame f - (tapCount - 1).. f: the caller accounts for the
   * delay of the FIR (tapCount / 2 samples).
   */
  envelope(inputs: readonly Float32Array[], frameCount: number, floor: number, output: Float32Array): void;
  reset(): void;
}

/**
 * Crests of the interpolated signal on the fine grid of a FIR, found from coarse to fine: what its samples
 * cannot make is skipped, then the grid of half samples shows where a crest may be, then that of quarters, and
 * from each crest there the finest grid is climbed. All grids are points of one FIR, so that no coarse filter
 * can be deceived; see `CrestThresholds` for the bounds. The FIR: phaseCount a multiple of 4, tapCount even,
 * phase 0 the sample tapCount / 2 before the newest itself, and each other the mirror image of its opposite.
 *
 * Its envelope has the largest crest in the interval of each frame; beside a peak of more than 1.5 times the
 * floor, crests just above the floor may be left out.
 */
export interface PrecisePeakKernel extends PeakKernel {
  /** Frame f speaks of the signal from sample f - delaySamples to just before the next: tapCount / 2. */
  readonly delaySamples: number;
}

/** Settings of the limiter's gain computer, in samples. */
export interface LimiterGainOptions {
  /**
   * Share of its reduction in dB that each group of channels makes another take over: flat [taking][giving
   * group], each 0..1, and 1 for the group itself.
   */
  readonly links: Float64Array;
  /** Peaks above this are turned down to it, linear. */
  readonly ceilingGain: number;
  /** Look-ahead: the gain reaches its target over this many samples before the peak; even, at least 2. */
  readonly lookaheadSamples: number;
  /** How many samples longer than one a required reduction holds. */
  readonly holdSamples: number;
  readonly release: LimiterRelease;
}

/**
 * How a reduction ends. A slow follower charges towards what is held and discharges when that is less; the
 * reduction falls towards the follower. A lone peak leaves the follower low and is over soon; where limiting is
 * dense the follower comes up to it and the gain hardly moves. Each value is kept or covered per sample, 0 to 1.
 */
export interface LimiterRelease {
  /** Factor by which the distance between reduction and follower shrinks; below 1. */
  readonly factor: number;
  /** Part of the way up that the follower goes. */
  readonly charge: number;
  /** Part of the way down that the follower goes; at most `charge`. */
  readonly discharge: number;
}

/**
 * The gain curves of a look-ahead limiter, one for each group of channels. The reduction that each peak requires,
 * in octaves of amplitude (log2, 6.02 dB), is shared out by the links, held by a sliding maximum over look-ahead
 * and hold, released, and averaged twice over half the look-ahead; the gain is 2 to the minus of that. So each
 * curve is smooth (no step in its first derivative: by R octaves of reduction its second difference is at most
 * 2 R / (lookahead / 2 + 1)^2), never requires less than its own peaks, and a group that only follows another has
 * its share of that one's reduction at every sample: each step scales with its input. Output frame f belongs to
 * input frame f - latencySamples.
 */
export interface LimiterGainKernel {
  readonly groupCount: number;
  /** Equal to the look-ahead. */
  readonly latencySamples: number;
  /**
   * @param peaks linear [group][frame]; NaN counts as silence
   * @param gains 0..1 [group][frame]; may be the same arrays
   */
  process(peaks: readonly Float32Array[], frameCount: number, gains: readonly Float32Array[]): void;
  reset(): void;
}

/** Settings of one stage of a limiter. */
export interface LimiterStageOptions extends LimiterGainOptions {
  /** Channels of each group, which share a gain. */
  readonly channelCounts: readonly number[];
  /** What peaks are found with: a `PeakKernel` or a `PrecisePeakKernel` of `fir`. */
  readonly search: 'plain' | 'precise';
  readonly fir: PolyphaseFir;
  /** How late the sound comes out. */
  readonly delaySamples: number;
  /** Factor of the sound, linear; peaks are found before it. */
  readonly inputGain: number;
}

/**
 * One stage of a limiter: the peaks of each group, their gain curves, and the delayed sound times those. What comes out
 * is what a peak kernel, a `LimiterGainKernel` and a `DelayGainKernel` make one after the other, bit by bit.
 */
export interface LimiterStageKernel {
  readonly groupCount: number;
  /** Most frames of one call. */
  readonly capacityFrames: number;
  /** Gains of the last call [group][frame], where they are not all 1. */
  readonly gains: readonly Float32Array[];
  /** Whether the gains of a group in the last call are all 1, as far as known without looking. */
  isUnity(group: number): boolean;
  /**
   * @param inputs [group][channel][frame]
   * @param outputs likewise; may be the same arrays
   * @param lower changes the gains [group][frame] before they are applied
   */
  process(
    inputs: readonly (readonly Float32Array[])[],
    frameCount: number,
    outputs: readonly (readonly Float32Array[])[],
    lower?: (gains: readonly Float32Array[], frameCount: number) => void,
  ): void;
  reset(): void;
}

/** How one row of a `DynamicsGainKernel` turns a level into a reduction. */
export interface DynamicsRow {
  /** Level in dB re power 1 where it begins, in the middle of the knee. */
  readonly thresholdDb: number;
  /** Width of the quadratic knee; 0 for none. */
  readonly kneeDb: number;
  /** Reduction in dB for each dB beyond the knee: 1 - 1 / ratio. */
  readonly slope: number;
  /** Side of the threshold on which something is reduced. */
  readonly side: 'above' | 'below';
  /** Most that the level is reduced. */
  readonly rangeDb: number;
  /** Part of the way to the next power that its mean goes per sample: 1 follows peaks. */
  readonly meanShare: number;
  /** Factor by which the distance to a larger reduction shrinks per sample; 0 leaps there. */
  readonly attackFactor: number;
  /** Of a reduction that ends: with a charge of 0 it has no memory of what was. */
  readonly release: LimiterRelease;
}

/**
 * The gain computers of compressors, one for each row: mean of the power, level in dB, static curve with a quadratic
 * knee, then a branching decoupled detector of the reduction in dB (after Giannoulis, Massberg and Reiss 2012, "Digital
 * dynamic range compressor design", J. Audio Eng. Soc. 60(6)). Of the reduction x that the curve wants:
 * z = max(x, x + (z - x) factor) holds peaks and falls; f follows z up by `charge` and down by `discharge`;
 * m = max(z, f), and y = min(m, m + (y - m) attackFactor) rises towards m and falls with it.
 * So attack and release have their stated time constants exactly, and cycles of a tone hardly move the gain.
 */
export interface DynamicsGainKernel {
  readonly rowCount: number;
  /**
   * @param powers [row][frame]; NaN counts as silence, below 1e-16 (-160 dB) as that
   * @param reductionsDb 0 and up [row][frame]; may be the same arrays
   */
  process(powers: readonly Float32Array[], frameCount: number, reductionsDb: readonly Float32Array[]): void;
  reset(): void;
}

/** Delays channels and multiplies them with one gain curve. */
export interface DelayGainKernel {
  readonly channelCount: number;
  readonly delaySamples: number;
  /**
   * output[channel][f] = (input[channel][f - delaySamples] * inputGain) * gains[f], in float32; inputs below
   * 1e-30 count as silence. Inputs and outputs may be the same arrays.
   * @param inputGain factor of the frames that come in now
   */
  process(
    inputs: readonly Float32Array[],
    inputGain: number,
    gains: Float32Array,
    frameCount: number,
    outputs: readonly Float32Array[],
  ): void;
  reset(): void;
}

/**
 * Noise that is added before rounding: none, or noise with a triangular distribution of 2 LSB, white or with a
 * zero at 0 Hz and 3 dB more at half the sample rate (the difference of successive samples of rectangular noise).
 */
export type QuantizerNoise = 'none' | 'white' | 'high-pass';

/** Settings of a quantiser. */
export interface QuantizerOptions {
  /** Word length; 2 to 24. */
  readonly bitDepth: number;
  readonly noise: QuantizerNoise;
  /** Factor in front, rounded to float32, as is its product with each sample; 1 unless given. */
  readonly inputGain?: number | undefined;
  /** Start of each channel's noise, an int32 [channel]. */
  readonly seeds: Int32Array;
}

/**
 * Rounds samples to the integer grid of a word length, k / 2^(bitDepth - 1), and clips them to its range. Each
 * sample takes one step of a counter (a Weyl sequence that starts at the channel's seed), whose hash gives two
 * 16-bit numbers; their difference is white noise, that of the upper ones of two successive samples is high-passed.
 * Both twins give the same bits.
 */
export interface QuantizerKernel {
  readonly channelCount: number;
  /** Inputs and outputs may be the same arrays. */
  process(inputs: readonly Float32Array[], frameCount: number, outputs: readonly Float32Array[]): void;
  reset(): void;
}

/** Settings of a quantiser that shapes the spectrum of its error. */
export interface NoiseShaperOptions extends Omit<QuantizerOptions, 'noise'> {
  /** c1, c2 ... rounded to float32, 1 to 32 of them: the error is white noise through 1 - c1 z^-1 - c2 z^-2 ... */
  readonly errorFilter: ArrayLike<number>;
}

/**
 * The filter of a change of rate by upFactor / downFactor, as phases. With p = n * downFactor, output sample n is
 * the sum over k of coefficients[p mod upFactor][k] * x[floor(p / upFactor) - tapCount / 2 + 1 + k]: no delay.
 */
export interface ResamplingFir {
  /** Phases, and output samples for every `downFactor` input samples. */
  readonly upFactor: number;
  readonly downFactor: number;
  /** Taps of a phase, a multiple of 8; tap 0 lies on the oldest sample. */
  readonly tapCount: number;
  /** [phase][tap] */
  readonly coefficients: Float64Array;
}

/** Changes the rate of a stream: float32 samples in and out, float64 in between. Both twins give the same bits. */
export interface ResamplerKernel {
  readonly channelCount: number;
  /** Frames that so many input frames give at most. */
  mostOutputFrames(inputFrames: number): number;
  /**
   * Takes input frames and writes all output frames that they complete: those whose last tap lies on one of them.
   * @returns how many those are
   */
  process(inputs: readonly Float32Array[], frameCount: number, outputs: readonly Float32Array[]): number;
  /**
   * Forgets all samples; the next output is frame `outputFrame` of the programme, as if all before had been made.
   * @param firstInputFrame what lies before it is silence; 0 unless given
   * @returns the input frame that must come next
   */
  start(outputFrame: number, firstInputFrame?: number): number;
}

/** Settings of a bank of convolutions that ends in one stereo output. */
export interface StereoConvolverOptions {
  readonly inputCount: number;
  /** Length of every filter. */
  readonly tapCount: number;
  /** Frames that one `processHop` takes; the filters are partitioned as is fastest. */
  readonly hopFrames: number;
}

/**
 * Convolves many inputs with a pair of filters each (left, right) and sums the results into one stereo
 * output, by overlap-save in the frequency domain. A new filter pair takes effect in the next hop, over
 * which the output fades linearly from the old pair (frame 0) to the new one (frame 0 of the hop after).
 */
export interface StereoConvolverKernel {
  readonly inputCount: number;
  readonly hopFrames: number;
  /** Sets the filters of one input, each at most tapCount long; the first call before any audio sets without fading. */
  setFilters(input: number, left: ArrayLike<number>, right: ArrayLike<number>): void;
  /** Takes hopFrames of every input and gives hopFrames of both outputs, without delay. */
  processHop(inputs: readonly Float32Array[], left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** Settings of a bank of filters that ends in one stereo output. */
export interface FixedConvolverOptions {
  /** A pair of filters an input, for good. */
  readonly filters: readonly { readonly left: Float32Array; readonly right: Float32Array }[];
  /** Gains of the inputs, from the first on, in the sum that `send` makes. */
  readonly sendGains: readonly number[];
  /** Frames that one `processHop` takes, a multiple of 16; transforms hold a quarter of it and the longest filter. */
  readonly hopFrames: number;
}

/**
 * Convolves many inputs with a pair of filters each and sums the results into one stereo output, by overlap-save in the
 * frequency domain. Takes the least time of all convolvers, in long hops.
 */
export interface FixedConvolverKernel {
  readonly inputCount: number;
  readonly hopFrames: number;
  /** Takes samples [from, to) of an input, which become its frames from `at` on in the coming hop. */
  load(input: number, samples: Float32Array, from: number, to: number, at: number): void;
  /**
   * Adds to samples of `output` from `at` on the sum of the inputs' frames [fromFrame, toFrame) of the coming hop, times
   * their gains. Both are multiples of 8.
   */
  send(output: Float32Array, at: number, fromFrame: number, toFrame: number): void;
  /** Ends the hop, whose results `store` gives from then on. */
  processHop(): void;
  /** Copies frames [fromFrame, toFrame) of the last results to those of both outputs from `at` on. */
  store(left: Float32Array, right: Float32Array, at: number, fromFrame: number, toFrame: number): void;
  reset(): void;
}

/** Settings of a bank of filters. */
export interface ChannelConvolverOptions {
  /** One filter a channel, for good. */
  readonly filters: readonly Float32Array[];
  /** Frames that one `processHop` takes, a multiple of 16. */
  readonly hopFrames: number;
}

/** Convolves each of many channels with a filter of its own, by overlap-save in the frequency domain. */
export interface ChannelConvolverKernel {
  readonly channelCount: number;
  readonly hopFrames: number;
  /**
   * Takes hopFrames of every channel and gives, without delay, additions[channel] + filter * inputs[channel].
   * Additions and outputs may be the same arrays.
   */
  processHop(
    inputs: readonly Float32Array[],
    additions: readonly Float32Array[],
    outputs: readonly Float32Array[],
  ): void;
  reset(): void;
}

/** Settings of a mixer into filtered channels. */
export interface MixConvolverOptions extends ChannelConvolverOptions {
  readonly sourceCount: number;
  /** How much later than it comes in the direct part of a channel goes out. */
  readonly directDelaySamples: number;
}

/**
 * Mixes many sources into channels that have two parts each, one that is delayed and one that is convolved with the
 * channel's filter. Outputs of the mixer are the direct parts [channel], then those for the filters [channel]; its
 * frames are those of the hop.
 */
export interface MixConvolverKernel extends SourceMixer {
  readonly channelCount: number;
  readonly hopFrames: number;
  /** Ends the hop, whose results `store` gives from then on, and begins the next with silence. */
  processHop(): void;
  /** Copies frames [fromFrame, toFrame) of the last results [channel] to those of `outputs` from `at` on. */
  store(outputs: readonly Float32Array[], at: number, fromFrame: number, toFrame: number): void;
  reset(): void;
}

/** Settings of a network of eight delay lines that feed each other. */
export interface FeedbackDelayOptions {
  /** Length of each of the eight lines: at least 64 samples more than `tapSpacingSamples`. */
  readonly lineSamples: readonly number[];
  /** What each line keeps: the gain of its middle tap, and that of the taps on both sides of it [line]. */
  readonly middleGains: readonly number[];
  readonly sideGains: readonly number[];
  /** Distance of the side taps from the middle. */
  readonly tapSpacingSamples: number;
  /** Gain of the input into each line [line]. */
  readonly inputGains: readonly number[];
  /** Frames that one `process` takes at most, a multiple of 8. */
  readonly hopFrames: number;
}

/**
 * A feedback delay network (Jot and Chaigne 1991): what leaves the lines, through three taps each, is mixed by a
 * Hadamard matrix and goes back into them with the input. Two of its sums are given out; they are
 * uncorrelated.
 */
export interface FeedbackDelayKernel {
  readonly hopFrames: number;
  /**
   * Takes samples [from, to) of the input, a multiple of 8, and gives those of both sums, without delay beyond that of
   * the lines.
   */
  process(input: Float32Array, first: Float32Array, second: Float32Array, from: number, to: number): void;
  reset(): void;
}

/** Settings of a bank of moving sources. */
export interface EarConvolverOptions {
  readonly sourceCount: number;
  /** Number of responses that are kept ready. */
  readonly responseCount: number;
  /** Length of the longest response. */
  readonly tapCount: number;
  /** Frames from one setting of a source to the next, a multiple of 8; see `planEarSteps`. */
  readonly stepFrames: number;
  /** Steps that one transform yields. */
  readonly blockSteps: number;
  /** Steps that one `processHop` takes, a multiple of blockSteps. */
  readonly stepCount: number;
  readonly maximumDelaySamples: number;
  /** How much of the band up to half the sample rate is heard, from below, above 0 to 1. */
  readonly bandwidth: number;
}

/** How both ears hear a source. */
export interface EarMix {
  /** Numbers of three responses. */
  readonly responses: Int32Array;
  /** Their weights, linear. */
  readonly weights: Float64Array;
  /** Delay of each ear [left, right], 0..maximumDelaySamples. */
  readonly delaySamples: Float64Array;
  /** How much that delay changes in a step [left, right], at most about 1; 0 leaves high frequencies as they are. */
  readonly driftSamples: Float64Array;
}

/**
 * Brings many sources that move to two ears. Each ear hears each source through a weighted sum of responses, delayed
 * by any fraction of a sample; both are set anew for every step. What a source sounds like at a time is the sum of
 * what it sounds like through four settings, each under its window of four steps (`earWindow`): from one setting to
 * the next the sound passes along a cubic B-spline. As the windows are those of the outputs, all sources share them.
 * Where a delay drifts, settings differ in phase and their sum is less than each, by a sixth of the square of the turn
 * in a step: so much is given back. Filters are circular in the length of the transform, and weighted by bin (`earBand`).
 */
export interface EarConvolverKernel {
  readonly sourceCount: number;
  /** stepFrames times stepCount. */
  readonly hopFrames: number;
  /** Keeps a pair of responses under a number; each at most tapCount long. */
  setResponse(response: number, left: Float32Array, right: Float32Array): void;
  /**
   * Sets how a source is heard in a step of the next hop: its window is centred on step + 2 steps after the hop's
   * start. A step that is not set is heard like the one before; this costs next to nothing. The last three steps of a
   * hop reach into the next one; the first hop, and the first after a reset, have none before them and need steps -3
   * to -1 as well.
   */
  setSource(source: number, step: number, mix: EarMix): void;
  /** Takes hopFrames of every source and gives hopFrames of both outputs. */
  processHop(inputs: readonly Float32Array[], left: Float32Array, right: Float32Array): void;
  /** Forgets the audio and the steps; responses stay. */
  reset(): void;
}

/** Directions in rows of equal elevation, evenly spaced to the left from the front, and the gains that each has. */
export interface ExtentGrid {
  readonly rows: readonly GridRow[];
  /** Unit vectors: flat [point][xyz]. */
  readonly points: Float64Array;
  /** The gains of point n that are not 0 lie in `gains` and `outputs` from gainStarts[n] to gainStarts[n + 1]. */
  readonly gainStarts: Uint32Array;
  readonly gains: Float64Array;
  readonly outputs: Uint16Array;
}

/** Points at one elevation. */
export interface GridRow {
  /** Height of the row, and its distance from the vertical axis (0 at the poles). */
  readonly z: number;
  readonly radius: number;
  readonly firstPoint: number;
  readonly pointCount: number;
}

/** A band on the sphere around an arc, with a half circle at either end. */
export interface ExtentShape {
  /** Axes of the arc: its plane holds right and front, and its middle lies in front. */
  readonly right: Vec3;
  readonly front: Vec3;
  readonly up: Vec3;
  /** Half the height of the band; at least a quarter of the fade. */
  readonly radiusRad: number;
  /** Angle from the middle of the arc to either end, 0 to pi. */
  readonly endRad: number;
}

/** Sums the gains of all points of a grid, weighted 1 inside of a shape and fading to 0 around it. */
export interface ExtentKernel {
  readonly outputCount: number;
  /** @param sums [output], overwritten */
  sum(shape: ExtentShape, sums: Float64Array): void;
}

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
