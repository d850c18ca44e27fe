import { type AudioBlock, blockPart, createAudioBlock } from '../base/audio-block.ts';
import { AbortedError } from '../base/errors.ts';
import type { Processor } from '../base/processor.ts';

/**
 * Where audio comes from: a scene, a file, a scratch file or another thread. Fills `block.frameCount` frames or
 * what is left; it may put other arrays in the place of the block's, no shorter than they.
 */
export interface FrameSource {
  read(block: AudioBlock): Promise<number>;
}

/** Receives audio whose first frame is frame 0 of the programme; it may not keep the block. */
export interface Tap {
  take(block: AudioBlock): void | Promise<void>;
}

/** A processor and those who listen to its output. */
export interface Lane {
  readonly processor: Processor;
  readonly taps: readonly Tap[];
}

/** Tells a running job to stop: an AbortSignal, or a flag shared between threads. */
export interface StopSignal {
  readonly aborted: boolean;
}

/** What one run of the pump needs. */
export interface PumpOptions {
  readonly source: FrameSource;
  readonly channelCount: number;
  /** Length of the programme: every tap gets exactly this many frames. */
  readonly frameCount: number;
  readonly lanes: readonly Lane[];
  readonly blockFrames?: number | undefined;
  readonly signal?: StopSignal | undefined;
  /** Called after each block with the share done, 0..1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Awaited after each block. */
  readonly rest?: (() => Promise<void>) | undefined;
}

/** Frames a block: large enough that calls cost nothing, small enough for the processor's cache. */
export const defaultBlockFrames = 4096;

/**
 * Moves a programme block by block from its source through every lane. Each lane's latency is taken out:
 * silence is fed behind the end until the slowest processor has given its last frame.
 */
export async function pump(options: PumpOptions): Promise<void> {
  const { source, channelCount, frameCount, lanes, signal, onProgress, rest } = options;
  const blockFrames = options.blockFrames ?? defaultBlockFrames;
  // While one block is processed, the next is read.
  const inputs = [createAudioBlock(channelCount, blockFrames), createAudioBlock(channelCount, blockFrames)];
  const outputs = lanes.map((lane) => createAudioBlock(lane.processor.outputChannelCount, blockFrames));
  const runFrames = frameCount + Math.max(0, ...lanes.map((lane) => lane.processor.latencySamples));
  const startReading = (position: number): Promise<void> => {
    const take = Math.min(blockFrames, runFrames - position);
    const input = inputs[(position / blockFrames) % 2];
    const reading = fill(source, input, Math.max(0, Math.min(take, frameCount - position)), take);
    // A failure is thrown where the block is awaited.
    reading.catch(() => undefined);
    return reading;
  };

  let reading = startReading(0);
  try {
    for (let position = 0; position < runFrames; position += blockFrames) {
      if (signal?.aborted) throw new AbortedError();
      await reading;
      if (position + blockFrames < runFrames) reading = startReading(position + blockFrames);
      const input = inputs[(position / blockFrames) % 2];
      for (const [index, lane] of lanes.entries()) {
        await runLane(lane, input, outputs[index], position - lane.processor.latencySamples, frameCount);
      }
      onProgress?.(Math.min(1, (position + input.frameCount) / runFrames));
      await rest?.();
    }
  } finally {
    // Whoever closes the source next must not find it being read.
    await reading.catch(() => undefined);
  }
}

/** Processes a block and hands its part of the programme to the taps. @param start programme frame of its first frame */
async function runLane(
  { processor, taps }: Lane,
  input: AudioBlock,
  output: AudioBlock,
  start: number,
  frameCount: number,
): Promise<void> {
  if (start >= frameCount) return;
  output.frameCount = input.frameCount;
  processor.process(input, output);
  const aligned = blockPart(output, Math.max(0, -start), Math.min(input.frameCount, frameCount - start));
  if (aligned.frameCount > 0) for (const tap of taps) await tap.take(aligned);
}

/** Reads `wanted` frames; what the source does not give, up to `take`, is silence. */
async function fill(source: FrameSource, input: AudioBlock, wanted: number, take: number): Promise<void> {
  let got = 0;
  if (wanted > 0) {
    input.frameCount = wanted;
    got = await source.read(input);
  }
  for (const channel of input.channels) channel.fill(0, got, take);
  input.frameCount = take;
}

/** A processor that hands its input on, for programmes that are only measured or copied. */
export function createPassThrough(channelCount: number): Processor {
  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples: 0,
    process(input, output) {
      for (const [index, channel] of input.channels.entries()) {
        output.channels[index].set(channel.subarray(0, input.frameCount));
      }
    },
    reset() {},
  };
}
