import type { AudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { RampPlayer, type RampSource } from './ramp-player.ts';

/** Settings of `createRampMixer`. */
export interface RampMixerOptions {
  readonly kernels: Pick<Kernels, 'createMix'>;
  readonly outputCount: number;
  readonly sources: readonly RampSource[];
  /** Absolute sample of the first input sample; default 0. */
  readonly startSample?: number;
}

/** Frames of one round of the mixing kernel. */
const roundFrames = 4096;

/** Mixes sources into outputs with gains that follow ramps; see `RampPlayer`. */
export function createRampMixer(options: RampMixerOptions): Processor {
  const { kernels, outputCount, sources, startSample = 0 } = options;
  const kernel = kernels.createMix(sources.length, outputCount, roundFrames);
  const player = new RampPlayer(kernel, sources, startSample);
  return {
    inputChannelCount: sources.length,
    outputChannelCount: outputCount,
    latencySamples: 0,
    process(input: AudioBlock, output: AudioBlock): void {
      for (let from = 0; from < input.frameCount; from += roundFrames) {
        const frameCount = Math.min(roundFrames, input.frameCount - from);
        kernel.clear(frameCount);
        player.play(input.channels, from, frameCount, 0);
        kernel.store(output.channels, from, frameCount);
      }
    },
    reset: () => player.restart(),
  };
}
