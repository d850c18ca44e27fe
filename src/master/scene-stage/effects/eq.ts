import { z } from 'zod';
import { magnitudeAt } from '../../../dsp/biquad.ts';
import { createFirProcessor } from '../../../dsp/fir-processor.ts';
import { designLinearPhaseFir } from '../../../dsp/linear-phase-fir.ts';
import { designEqBand, eqBandSchemas } from '../../eq-band.ts';
import { createEqualizer } from '../../equalizer.ts';
import { faultsUnder, highBandFaults } from '../../parameter-faults.ts';
import { defineEffect } from '../effect.ts';
import { processMembers } from '../process-members.ts';

/** Parametric equaliser, of minimum or of linear phase. */
export const eqEffect = defineEffect({
  type: 'eq',
  description: 'Parametric equaliser: passes, shelves, bells, tilts and notches.',
  kind: 'linear',
  parameters: {
    bands: z.array(eqBandSchemas({})).min(1).max(64).describe('Bands, in series.'),
    phase: z
      .enum(['minimum', 'linear'])
      .optional()
      .describe(
        'Linear phase rings as much before as after and delays nothing against anything else. Default minimum.',
      ),
  },
  faultsOf: ({ bands }, sampleRateHz) => faultsUnder('bands', highBandFaults(bands, sampleRateHz)),
  create({ bands, phase = 'minimum' }, context) {
    const { sampleRateHz, amount, kernels, group } = context;
    const sections = bands.flatMap((band) => designEqBand(band, sampleRateHz, amount));
    if (phase === 'minimum')
      return processMembers(
        context,
        createEqualizer(
          kernels,
          group.tracks.map(() => sections),
        ),
        { blendsWeights: true },
      );
    const { taps, delaySamples } = designLinearPhaseFir((share) => magnitudeAt(sections, share));
    const filters = group.tracks.map(() => taps);
    return processMembers(context, createFirProcessor(kernels, filters, delaySamples), {
      blendsWeights: true,
    });
  },
});
