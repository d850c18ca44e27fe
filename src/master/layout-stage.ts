import type { Processor } from '../base/processor.ts';
import { createDither, type DitherOptions } from './dither.ts';
import { createLimiter, type LimiterOptions } from './limiter.ts';

/** What the layout stage needs: the limiter's settings, the gain in front of it included, and the word length. */
export interface LayoutStageOptions extends LimiterOptions, DitherOptions {
  readonly gainDb: number;
}

/** The last processor of a deliverable. */
export interface LayoutStage extends Processor {
  /** Largest gain reduction of the limiter since construction or reset. */
  readonly maxReductionDb: number;
}

/** Creates the chain that makes a deliverable of a rendered bus: gain, true-peak limiter, dither and rounding. */
export function createLayoutStage(options: LayoutStageOptions): LayoutStage {
  const { channelCount } = options;
  const limiter = createLimiter(options);
  const dither = createDither(options);

  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples: limiter.latencySamples,
    get maxReductionDb() {
      return limiter.maxReductionDb;
    },
    process(input, output) {
      limiter.process(input, output);
      output.frameCount = input.frameCount;
      dither.process(output, output);
    },
    reset() {
      limiter.reset();
      dither.reset();
    },
  };
}
