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
