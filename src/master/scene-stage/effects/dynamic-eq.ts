import { z } from 'zod';
import { designBandPart } from '../../../dsp/band-part.ts';
import { designButterworth } from '../../../dsp/parametric-eq.ts';
import type { BiquadCoefficients } from '../../../kernels/interfaces/filters.ts';
import { designGainComputer } from '../../dynamics/gain-computer.ts';
import { faultsUnder, highBandFaults } from '../../parameter-faults.ts';
import { createBandApplier } from '../band-gains.ts';
import { detectorFaults, detectorSchema, isLinked, type DetectorSettings } from '../detector-schema.ts';
import { processDynamics, type DynamicsBand } from '../dynamics.ts';
import { dynamicsParameters } from '../dynamics-schema.ts';
import { defineEffect } from '../effect.ts';

const defaultDetector: DetectorSettings = { mode: 'group-sum' };

const bandSchema = z.strictObject({
  type: z.enum(['bell', 'lowshelf', 'highshelf']).describe('Shelves have 6 dB an octave.'),
  frequencyHz: z
    .number()
    .min(20)
    .max(20000)
    .describe('Middle of a bell, or where a shelf has about half its gain, in Hz.'),
  q: z.number().min(0.1).max(20).optional().describe('Of a bell: frequency by bandwidth. Default 1.'),
  gainDb: z.number().min(-24).max(24).describe('Gain that the band has at most; below 0 it turns down.'),
  thresholdDb: dynamicsParameters.thresholdDb,
  side: z
    .enum(['above', 'below'])
    .optional()
    .describe('Whether the gain comes with levels above or below the threshold. Default above.'),
  ratio: dynamicsParameters.ratio
    .optional()
    .describe('One dB beyond the threshold moves the gain by 1 - 1 / ratio dB. Default 2.'),
  kneeDb: dynamicsParameters.kneeDb.optional().describe('Width of the knee in dB. Default 6.'),
  attackMs: dynamicsParameters.attackMs.describe('Time to 63 % of a gain, in dB. Default 10.'),
  releaseMs: dynamicsParameters.releaseMs.describe('Time to 37 % of a gain that ends, in dB. Default 150.'),
  detection: dynamicsParameters.detection,
  windowMs: dynamicsParameters.windowMs,
});

type BandParameters = z.infer<typeof bandSchema>;

/** Equaliser whose gains follow the level of their own bands. */
export const dynamicEqEffect = defineEffect({
  type: 'dynamic-eq',
  description: 'Bells and shelves whose gains follow the level of their own band.',
  kind: 'non-linear',
  kindOf: ({ detector = defaultDetector }) => (isLinked(detector) ? 'linear' : 'non-linear'),
  parameters: {
    bands: z.array(bandSchema).min(1).max(16).describe('Bands, in series; all listen to what comes in.'),
    lookaheadMs: dynamicsParameters.lookaheadMs,
    detector: detectorSchema.describe('What it listens to. Default: the power of all members, linked.'),
  },
  faultsOf: ({ bands, detector }, sampleRateHz) => [
    ...faultsUnder('bands', highBandFaults(bands, sampleRateHz)),
    ...detectorFaults(detector),
  ],
  create({ bands, lookaheadMs = 0, detector = defaultDetector }, context) {
    const { sampleRateHz, amount } = context;
    const parts = bands.map(({ type, frequencyHz, q = 1 }) =>
      designBandPart(type, frequencyHz, q, sampleRateHz),
    );
    const heard = bands.map((band, index) => dynamicsBand(band, parts[index]!, sampleRateHz, amount));
    return processDynamics(context, { detector, lookaheadMs, bands: heard }, (gains, latencySamples) =>
      createBandApplier(context, gains, parts, latencySamples),
    );
  },
});

/** A bell hears what it moves; a shelf hears with a steeper filter, or it would go by what it hardly moves. */
function dynamicsBand(
  { type, frequencyHz, gainDb, ...computer }: BandParameters,
  part: BiquadCoefficients,
  sampleRateHz: number,
  amount: number,
): DynamicsBand {
  const pass = type === 'lowshelf' ? 'low' : 'high';
  return {
    name: `${type} ${frequencyHz} Hz`,
    sections: type === 'bell' ? [part] : designButterworth(pass, frequencyHz, 2, sampleRateHz),
    computer: designGainComputer({ ...computer, rangeDb: Math.abs(gainDb) }, sampleRateHz),
    scale: { gainPerDb: gainDb < 0 ? -amount : amount, makeUpDb: 0, wetShare: 1 },
  };
}
