import type { AudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { hashCounter } from '../kernels/noise-counter.ts';

/** Word lengths of deliverables; 32 means 32-bit float. */
export type BitDepth = 16 | 20 | 24 | 32;

/** What is added before rounding: nothing, or white noise with a triangular distribution of 2 LSB. */
export type DitherKind = 'none' | 'tpdf';

/** What a quantiser needs. */
export interface DitherOptions {
  readonly kernels: Kernels;
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
 * absolute sample only. 32 bits pass as they are, but for the gain.
 */
export function createDither({
  kernels,
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
  const quantizer = kernels.createQuantizer({ bitDepth, isDithered: dither === 'tpdf', seeds, inputGain });
  return {
    ...shape,
    process: (input, output) => quantizer.process(input.channels, input.frameCount, output.channels),
    reset: () => quantizer.reset(),
  };
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
export function ditherErrorPeak({ bitDepth, dither }: Pick<DitherOptions, 'bitDepth' | 'dither'>): number {
  if (bitDepth === 32) return 0;
  return (dither === 'tpdf' ? 1.5 : 0.5) / 2 ** (bitDepth - 1);
}
