import type { z } from 'zod';
import { defineEffect } from '../effect.ts';
import { scaleMembers } from '../group-members.ts';
import { processMembers } from '../process-members.ts';

/** Turns the polarity of tracks. A share below 1 is a mix of both polarities: silence at a half. */
export const polarityEffect = defineEffect({
  type: 'polarity',
  description: 'Turns the polarity of tracks.',
  parameters: {} satisfies z.ZodRawShape,
  kind: 'common-gain',
  create(_, { group, amount, channelCount, startSample }) {
    const trackCount = group.tracks.length;
    return processMembers(
      { group: scaleMembers(group, amount), channelCount, startSample },
      {
        inputChannelCount: trackCount,
        outputChannelCount: trackCount,
        latencySamples: 0,
        process({ channels, frameCount }, output) {
          for (const [member, samples] of channels.entries()) {
            const turned = output.channels[member]!;
            for (let n = 0; n < frameCount; n++) turned[n] = -samples[n]!;
          }
        },
        reset: () => undefined,
      },
      { blendsWeights: true },
    );
  },
});
