import { z } from 'zod';
import { designBandPart } from '../../../dsp/band-part.ts';
import { designButterworth } from '../../../dsp/parametric-eq.ts';
import type { BiquadCoefficients } from '../../../kernels/interfaces/filters.ts';
import { designGainComputer, withDefaults } from '../../dynamics/gain-computer.ts';
import { highestBandShare } from '../../eq-band.ts';
import { boundsFaults } from '../../parameter-faults.ts';
import { createBandApplier } from '../band-gains.ts';
import { detectorFaults, detectorSchema, type DetectorSettings } from '../detector-schema.ts';
import { createBroadbandApplier, processDynamics } from '../dynamics.ts';
import { dynamicsParameters } from '../dynamics-schema.ts';
import { defineEffect } from '../effect.ts';

/** Sibilants are short: the gain moves with them, and a little before. */
const defaults = {
  ratio: 4,
  kneeDb: 6,
  attackMs: 1,
  releaseMs: 60,
  windowMs: 3,
  lookaheadMs: 1,
  rangeDb: 12,
};
const defaultBandHz = [5000, 9000] as const;
const defaultDetector: DetectorSettings = { mode: 'own' };
const shapes = { bell: 'bell', shelf: 'highshelf' } as const;

/** Compressor that hears sibilants, and turns down them or all. */
export const deEsserEffect = defineEffect({
  type: 'de-esser',
  description:
    'Turns down sibilants: a band of the sound, or all of it, while a band from 5 to 9 kHz is loud.',
  kind: 'non-linear',
  parameters: {
    thresholdDb: dynamicsParameters.thresholdDb,
    lowestHz: z.number().min(1000).max(16000).optional().describe('Where the band begins. Default 5000.'),
    highestHz: z.number().min(2000).max(20000).optional().describe('Where the band ends. Default 9000.'),
    action: z
      .enum(['bell', 'shelf', 'wide'])
      .optional()
      .describe('What is turned down: the band, all above its beginning, or all. Default bell.'),
    ratio: dynamicsParameters.ratio.optional().describe('dB in the band for one that is left. Default 4.'),
    kneeDb: dynamicsParameters.kneeDb.optional().describe('Width of the knee in dB. Default 6.'),
    attackMs: dynamicsParameters.attackMs.describe('Time to 63 % of a reduction, in dB. Default 1.'),
    releaseMs: dynamicsParameters.releaseMs.describe('Time to 37 % of a reduction, in dB. Default 60.'),
    detection: dynamicsParameters.detection,
    windowMs: dynamicsParameters.windowMs.describe('Time constant of the mean of the power. Default 3.'),
    lookaheadMs: dynamicsParameters.lookaheadMs.describe('How much earlier the gain moves. Default 1.'),
    rangeDb: z.number().min(0).max(40).optional().describe('Most that is turned down, in dB. Default 12.'),
    detector: detectorSchema.describe('What it listens to. Default: each member by itself.'),
  },
  faultsOf: ({ lowestHz = defaultBandHz[0], highestHz = defaultBandHz[1], detector }) => [
    ...boundsFaults('de-esser-band', ['lowestHz', lowestHz], ['highestHz', highestHz]),
    ...detectorFaults(detector),
  ],
  create(parameters, context) {
    const { lowestHz = defaultBandHz[0], highestHz = defaultBandHz[1], action = 'bell' } = parameters;
    const { detector = defaultDetector } = parameters;
    const { sampleRateHz, amount } = context;
    const band = {
      sections: sibilantFilter(lowestHz, highestHz, sampleRateHz),
      computer: designGainComputer(withDefaults(parameters, defaults), sampleRateHz),
      scale: { gainPerDb: -amount, makeUpDb: 0, wetShare: 1 },
    };
    const lookaheadMs = parameters.lookaheadMs ?? defaults.lookaheadMs;
    return processDynamics(context, { detector, lookaheadMs, bands: [band] }, (gains, latencySamples) => {
      if (action === 'wide') return createBroadbandApplier(context, gains[0]!, latencySamples);
      const middleHz = action === 'bell' ? Math.sqrt(lowestHz * highestHz) : lowestHz;
      const frequencyHz = Math.min(middleHz, highestBandShare * sampleRateHz);
      const q = middleHz / (highestHz - lowestHz);
      const part = designBandPart(shapes[action], frequencyHz, q, sampleRateHz);
      return createBandApplier(context, gains, [part], latencySamples);
    });
  },
});

/** 24 dB an octave below the band, 12 above it. */
function sibilantFilter(lowestHz: number, highestHz: number, sampleRateHz: number): BiquadCoefficients[] {
  const lastHz = highestBandShare * sampleRateHz;
  return [
    ...designButterworth('high', Math.min(lowestHz, lastHz), 4, sampleRateHz),
    ...(highestHz < lastHz ? designButterworth('low', highestHz, 2, sampleRateHz) : []),
  ];
}
