import { z } from 'zod';
import { defineEffect } from '../effect.ts';
import { createWeightedGain } from '../weighted-gain.ts';

/** Turns tracks up or down; partial members by their share of the dB. */
export const gainEffect = defineEffect({
  type: 'gain',
  description: 'Turns tracks up or down.',
  parameters: {
    gainDb: z.number().min(-80).max(24).describe('Gain in dB.'),
  },
  kind: 'common-gain',
  create: ({ gainDb }, context) => createWeightedGain(context, [{ gainDb }]),
});
