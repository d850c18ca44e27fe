import type { SourceMixer } from './mix.ts';

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
