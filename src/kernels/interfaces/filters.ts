/** Coefficients of one biquad, a0 = 1: y = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2. */
export interface BiquadCoefficients {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
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
