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
  /** Another seed gives other noise of the same kind; 0 unless given. */
  readonly seed?: number | undefined;
}

/**
 * Creates the last step before a file: dither, rounding and clipping to a word length. Its output is float32
 * on the integer grid, k / 2^(bitDepth - 1) exactly. The noise of a sample depends on seed, channel and
 * absolute sample only. 32 bits pass unchanged.
 */
export function createDither({
  kernels,
  channelCount,
  bitDepth,
  dither,
  seed = 0,
}: DitherOptions): Processor {
  const shape = { inputChannelCount: channelCount, outputChannelCount: channelCount, latencySamples: 0 };
  if (bitDepth === 32) return { ...shape, process: copy, reset() {} };
  const seeds = Int32Array.from(
    { length: channelCount },
    (_, channel) => hashCounter(seed + Math.imul(channel + 1, 0x9e3779b9)) | 1,
  );
  const quantizer = kernels.createQuantizer({ bitDepth, isDithered: dither === 'tpdf', seeds });
  return {
    ...shape,
    process: (input, output) => quantizer.process(input.channels, input.frameCount, output.channels),
    reset: () => quantizer.reset(),
  };
}

function copy(input: AudioBlock, output: AudioBlock): void {
  for (let channel = 0; channel < input.channels.length; channel++) {
    const samples = input.channels[channel];
    if (samples !== output.channels[channel])
      output.channels[channel].set(samples.subarray(0, input.frameCount));
  }
}
