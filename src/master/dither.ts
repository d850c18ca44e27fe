import type { AudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { hashCounter } from '../kernels/noise-counter.ts';
import { designNoiseShaper } from './noise-shaping.ts';

/** Word lengths of deliverables; 32 means 32-bit float. */
export type BitDepth = 16 | 20 | 24 | 32;

/**
 * What is done about rounding: nothing; white noise with a triangular distribution of 2 LSB in front ("tpdf"); the same
 * with its power moved to high frequencies ("high-pass"; Lipshitz, Wannamaker and Vanderkooy 1992); or white noise and
 * the error shaped so that it is least heard ("shaped", see `designNoiseShaper`; meant for 16 bits).
 */
export const ditherKinds = ['none', 'tpdf', 'high-pass', 'shaped'] as const;

/** One of `ditherKinds`. */
export type DitherKind = (typeof ditherKinds)[number];

/** What a quantiser needs. */
export interface DitherOptions {
  readonly kernels: Kernels;
  /** Shaped noise depends on it. */
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly bitDepth: BitDepth;
  readonly dither: DitherKind;
  /** Factor in front, linear, rounded to float32; 1 unless given. */
  readonly inputGain?: number | undefined;
  /** Another seed gives other noise of the same kind; 0 unless given. */
  readonly seed?: number | undefined;
}

/**
 * Creates the last step before a file: dither, rounding and clipping to a word length. Its output is float32
 * on the integer grid, k / 2^(bitDepth - 1) exactly. The noise of a sample depends on seed, channel and
 * absolute sample only; shaping is recursive and starts at sample 0. 32 bits pass as they are, but for the gain.
 */
export function createDither({
  kernels,
  sampleRateHz,
  channelCount,
  bitDepth,
  dither,
  inputGain = 1,
  seed = 0,
}: DitherOptions): Processor {
  const shape = { inputChannelCount: channelCount, outputChannelCount: channelCount, latencySamples: 0 };
  if (bitDepth === 32) {
    const gain = Math.fround(inputGain);
    return { ...shape, process: (input, output) => multiply(input, gain, output), reset() {} };
  }
  const seeds = Int32Array.from(
    { length: channelCount },
    (_, channel) => hashCounter(seed + Math.imul(channel + 1, 0x9e3779b9)) | 1,
  );
  const options = { bitDepth, seeds, inputGain };
  const quantizer =
    dither === 'shaped'
      ? kernels.createNoiseShaper({ ...options, errorFilter: designNoiseShaper(sampleRateHz) })
      : kernels.createQuantizer({ ...options, noise: quantizerNoise[dither] });
  return {
    ...shape,
    process: (input, output) => quantizer.process(input.channels, input.frameCount, output.channels),
    reset: () => quantizer.reset(),
  };
}

const quantizerNoise = { none: 'none', tpdf: 'white', 'high-pass': 'high-pass' } as const;

/**
 * Seed of a deliverable's noise, from its name without folders (FNV-1a, 32 bits): the same file is made again bit for
 * bit, and files that are heard together do not share their noise.
 */
export function ditherSeed(fileName: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(fileName)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}

function multiply(input: AudioBlock, gain: number, output: AudioBlock): void {
  for (let channel = 0; channel < input.channels.length; channel++) {
    const samples = input.channels[channel];
    const products = output.channels[channel];
    if (gain !== 1)
      for (let frame = 0; frame < input.frameCount; frame++) products[frame] = samples[frame] * gain;
    else if (samples !== products) products.set(samples.subarray(0, input.frameCount));
  }
}

/** Largest magnitude of what dither and rounding add to a sample that is not clipped. */
export function ditherErrorPeak({
  bitDepth,
  dither,
  sampleRateHz,
}: Pick<DitherOptions, 'bitDepth' | 'dither' | 'sampleRateHz'>): number {
  if (bitDepth === 32) return 0;
  const step = 1 / 2 ** (bitDepth - 1);
  if (dither === 'none') return 0.5 * step;
  if (dither !== 'shaped') return 1.5 * step;
  // All errors at their largest, and of the signs that add up.
  return 1.5 * step * designNoiseShaper(sampleRateHz).reduce((sum, tap) => sum + Math.abs(tap), 1);
}
