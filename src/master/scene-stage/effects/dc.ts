import type { z } from 'zod';
import { designButterworth } from '../../../dsp/parametric-eq.ts';
import { createEqualizer, dcRemovalHz } from '../../equalizer.ts';
import { defineEffect } from '../effect.ts';
import { scaleMembers } from '../group-members.ts';
import { processMembers } from '../process-members.ts';

/** Removes DC, by the same filter as from targets. */
export const dcEffect = defineEffect({
  type: 'dc',
  description: `Removes DC, by a high-pass of the first order at ${dcRemovalHz} Hz.`,
  parameters: {} satisfies z.ZodRawShape,
  kind: 'linear',
  create(_, { group, amount, channelCount, startSample, sampleRateHz, kernels }) {
    const sections = designButterworth('high', dcRemovalHz, 1, sampleRateHz);
    return processMembers(
      { group: scaleMembers(group, amount), channelCount, startSample },
      createEqualizer(
        kernels,
        group.tracks.map(() => sections),
      ),
      { blendsWeights: true },
    );
  },
});
