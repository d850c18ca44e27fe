import { z } from 'zod';
import type { Processor } from '../../../base/processor.ts';
import { defineEffect } from '../effect.ts';
import { processSides } from '../side-processor.ts';

/** Width of symmetric pairs. */
export const widthEffect = defineEffect({
  type: 'width',
  description: 'Width of every symmetric pair: what left and right have in common keeps its level.',
  kind: 'mixing',
  parameters: {
    widthPercent: z
      .number()
      .min(0)
      .max(200)
      .describe('Level of what differs between left and right, in percent of what it was; 0 is mono.'),
  },
  create: ({ widthPercent }, context) =>
    processSides(context, (pairCount) => {
      const gain = 1 + (widthPercent / 100 - 1) * context.amount;
      return createScaler(pairCount, gain);
    }),
});

const createScaler = (channelCount: number, gain: number): Processor => ({
  inputChannelCount: channelCount,
  outputChannelCount: channelCount,
  latencySamples: 0,
  process({ channels, frameCount }, output) {
    for (const [index, samples] of channels.entries()) {
      const scaled = output.channels[index]!;
      for (let n = 0; n < frameCount; n++) scaled[n] = gain * samples[n]!;
    }
  },
  reset: () => undefined,
});
