import type { AudioBlock } from '../base/audio-block.ts';
import { InternalError } from '../base/errors.ts';
import type { Processor } from '../base/processor.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createHopProcessor } from './hop-processor.ts';
import { designResampler } from './resampler.ts';
import { createStreamResampler } from './stream-resampler.ts';

/** Frames that are oversampled at once: more than the filters wait for. */
const hopFrames = 1024;

/** Settings of an oversampler. */
export interface OversamplerOptions {
  readonly kernels: Kernels;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** 2 and up. */
  readonly factor: number;
  /** Changes a block at the higher rate in place; keeps nothing from sample to sample. */
  readonly shape: (block: AudioBlock) => void;
}

/**
 * Runs a memoryless process at a multiple of the sample rate, where the harmonics that it makes have room, and brings the
 * result back without them. Both filters have linear phase and leave all below some 0.45 of the sample rate alone.
 */
export function createOversampler(options: OversamplerOptions): Processor {
  const { kernels, channelCount, sampleRateHz, factor, shape } = options;
  const highHz = factor * sampleRateHz;
  const up = createStreamResampler(kernels, channelCount, designResampler(sampleRateHz, highHz));
  const down = createStreamResampler(kernels, channelCount, designResampler(highHz, sampleRateHz));
  const run = (input: AudioBlock): AudioBlock => {
    const high = up.process(input);
    shape(high);
    return down.process(high);
  };
  const reset = (): void => {
    up.start(0);
    down.start(0);
  };
  const silence: AudioBlock = {
    channels: Array.from({ length: channelCount }, () => new Float32Array(hopFrames)),
    frameCount: hopFrames,
  };
  const engineDelaySamples = hopFrames - run(silence).frameCount;
  if (run(silence).frameCount !== hopFrames)
    throw new InternalError('oversampler', `${engineDelaySamples} frames are kept; ${hopFrames} are allowed`);
  reset();
  return createHopProcessor({
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    hopFrames,
    engineDelaySamples,
    engine: {
      processHop(inputs, outputs) {
        const { channels, frameCount } = run({ channels: inputs as Float32Array[], frameCount: hopFrames });
        // The first hop gives what the filters do not wait for, all others a whole one.
        for (let channel = 0; channel < channelCount; channel++) {
          outputs[channel]!.fill(0, 0, hopFrames - frameCount);
          outputs[channel]!.set(channels[channel]!.subarray(0, frameCount), hopFrames - frameCount);
        }
      },
      reset,
    },
  });
}
