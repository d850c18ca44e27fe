import type { Processor } from '../base/processor.ts';

/** Word lengths of deliverables; 32 means 32-bit float. */
export type BitDepth = 16 | 20 | 24 | 32;

/** What is added before rounding: nothing, or white noise with a triangular distribution of 2 LSB. */
export type DitherKind = 'none' | 'tpdf';

/** What a quantiser needs. */
export interface DitherOptions {
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
export function createDither({ channelCount, bitDepth, dither, seed = 0 }: DitherOptions): Processor {
  const scale = 2 ** (bitDepth - 1);
  const noiseScale = dither === 'tpdf' ? 1 / 65536 : 0;
  const firstState = (channel: number): number => scramble(seed + Math.imul(channel + 1, 0x9e3779b9)) | 1;
  const states = Int32Array.from({ length: channelCount }, (_, channel) => firstState(channel));
  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples: 0,
    process(input, output) {
      for (let channel = 0; channel < channelCount; channel++) {
        const from = input.channels[channel];
        const to = output.channels[channel];
        if (bitDepth === 32) copy(from, input.frameCount, to);
        else states[channel] = quantise(from, input.frameCount, to, scale, noiseScale, states[channel]);
      }
    },
    reset() {
      for (let channel = 0; channel < channelCount; channel++) states[channel] = firstState(channel);
    },
  };
}

/**
 * Rounds x * scale + noise. Each sample takes one step of a counter (a Weyl sequence), whose hash gives two
 * 16-bit numbers; their difference is triangular. @returns the counter after the last sample
 */
function quantise(
  input: Float32Array,
  frameCount: number,
  output: Float32Array,
  scale: number,
  noiseScale: number,
  state: number,
): number {
  const step = 1 / scale;
  const most = scale - 1;
  for (let frame = 0; frame < frameCount; frame++) {
    state = (state + 0x6d2b79f5) | 0;
    const bits = scramble(state);
    const noise = ((bits >>> 16) - (bits & 0xffff)) * noiseScale;
    const level = Math.floor(input[frame] * scale + noise + 0.5);
    output[frame] = (level > most ? most : level < -scale ? -scale : level) * step;
  }
  return state;
}

/** A 32-bit hash without bias (C. Wellons' "lowbias32"). */
function scramble(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

function copy(input: Float32Array, frameCount: number, output: Float32Array): void {
  for (let frame = 0; frame < frameCount; frame++) output[frame] = input[frame];
}
