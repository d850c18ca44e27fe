import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { RampPlayer, type RampSource } from '../ramp-player.ts';
import { decorrelatorDelaySamples, designDecorrelators } from './decorrelators.ts';

/** Four steps of 1536 frames: with the 512 taps of the filters, transforms of 2048 are fastest. */
const hopFrames = 4 * 1536;

/** What `createDiffuseRenderer` needs. */
export interface DiffuseRendererOptions {
  readonly kernels: Kernels;
  readonly layout: Layout;
  /** Their gains are [loudspeaker], then those of the diffuse signals [loudspeaker]. */
  readonly sources: readonly RampSource[];
  readonly startSample: number;
}

/**
 * Makes the last stage of BS.2127-1 clause 7.1 together with the mixing before it: the diffuse signal of every
 * loudspeaker goes through its decorrelator, the direct one waits for as long as the filter's middle lies behind its
 * start, and both are added. It works in hops that count from the first sample, so that the length of blocks changes
 * nothing.
 */
export function createDiffuseRenderer(options: DiffuseRendererOptions): Processor {
  const { kernels, layout, sources, startSample } = options;
  const kernel = kernels.createMixConvolver({
    sourceCount: sources.length,
    filters: designDecorrelators(layout),
    hopFrames,
    directDelaySamples: decorrelatorDelaySamples,
  });
  const player = new RampPlayer(kernel, sources, startSample);
  let position = 0;
  return {
    inputChannelCount: sources.length,
    outputChannelCount: layout.loudspeakers.length,
    latencySamples: hopFrames + decorrelatorDelaySamples,
    process(input, output) {
      for (let from = 0; from < input.frameCount;) {
        const count = Math.min(hopFrames - position, input.frameCount - from);
        player.play(input.channels, from, count, position);
        kernel.store(output.channels, from, position, position + count);
        from += count;
        position += count;
        if (position < hopFrames) continue;
        kernel.processHop();
        position = 0;
      }
    },
    reset() {
      position = 0;
      player.restart();
      kernel.reset();
    },
  };
}
