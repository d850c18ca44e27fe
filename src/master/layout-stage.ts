import { createAudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';
import { dbToGain } from '../base/units.ts';
import { copyFrames } from '../meter/sample-window.ts';
import { createDither, type DitherOptions } from './dither.ts';
import { limiterStageCapacityFrames } from './limiter-stage.ts';
import { createLimiter, type LimiterOptions } from './limiter.ts';

/** What the layout stage needs: the limiter's settings, the word length, and the gain in front of both. */
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
  const gain = dbToGain(options.gainDb);
  const limiter = createLimiter(options);
  const dither = createDither(options);
  const loud = createAudioBlock(channelCount, limiterStageCapacityFrames);
  const limited = createAudioBlock(channelCount, limiterStageCapacityFrames);

  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples: limiter.latencySamples,
    get maxReductionDb() {
      return limiter.maxReductionDb;
    },
    process(input, output) {
      for (let from = 0; from < input.frameCount; from += limiterStageCapacityFrames) {
        const count = Math.min(limiterStageCapacityFrames, input.frameCount - from);
        loud.frameCount = limited.frameCount = count;
        for (let channel = 0; channel < channelCount; channel++) {
          const source = input.channels[channel];
          const target = loud.channels[channel];
          for (let frame = 0; frame < count; frame++) target[frame] = source[from + frame] * gain;
        }
        limiter.process(loud, limited);
        dither.process(limited, loud);
        for (let channel = 0; channel < channelCount; channel++) {
          copyFrames(loud.channels[channel], 0, output.channels[channel], from, count);
        }
      }
    },
    reset() {
      limiter.reset();
      dither.reset();
    },
  };
}
