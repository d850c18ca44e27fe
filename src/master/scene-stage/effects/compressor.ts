import { z } from 'zod';
import { designGainComputer, staticReductionDb } from '../../dynamics/gain-computer.ts';
import { detectorFaults, detectorSchema, isLinked, type DetectorSettings } from '../detector-schema.ts';
import { createBroadbandApplier, processDynamics } from '../dynamics.ts';
import { dynamicsParameters } from '../dynamics-schema.ts';
import { defineEffect } from '../effect.ts';

const defaultDetector: DetectorSettings = { mode: 'group-sum' };

/** Feed-forward compressor with one gain for the whole group, or as far linked as is wanted. */
export const compressorEffect = defineEffect({
  type: 'compressor',
  description: 'Turns down what is loud; linked, so that positions stay where they are.',
  kind: 'non-linear',
  kindOf: ({ detector = defaultDetector }) => (isLinked(detector) ? 'common-gain' : 'non-linear'),
  parameters: {
    ...dynamicsParameters,
    ratio: dynamicsParameters.ratio
      .optional()
      .describe('dB at the input for one at the output, above the knee. Default 2.'),
    kneeDb: dynamicsParameters.kneeDb.optional().describe('Width of the knee in dB. Default 6.'),
    autoRelease: z
      .boolean()
      .optional()
      .describe(
        'Whether the release goes by the programme: lone peaks are over in releaseMs, dense passages let go in up to ten times that. Default false.',
      ),
    rangeDb: z.number().min(0).max(60).optional().describe('Most that is turned down, in dB. Default 60.'),
    makeUpDb: z
      .union([z.number().min(-24).max(24), z.literal('auto')])
      .optional()
      .describe('Gain behind it in dB; auto: half of what a level of 0 dB is turned down. Default 0.'),
    mixPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('Share of the compressed sound; the rest passes beside it. Default 100.'),
    detector: detectorSchema.describe('What it listens to. Default: the power of all members, linked.'),
  },
  faultsOf: ({ detector }) => detectorFaults(detector),
  create(parameters, context) {
    const { detector = defaultDetector, lookaheadMs = 0, mixPercent = 100, makeUpDb = 0 } = parameters;
    const { amount, sampleRateHz } = context;
    const { autoRelease: isAutoRelease, ...settings } = parameters;
    const computer = designGainComputer({ ...settings, isAutoRelease }, sampleRateHz);
    const fullMakeUpDb = makeUpDb === 'auto' ? staticReductionDb(computer, 0) / 2 : makeUpDb;
    const scale = { gainPerDb: -amount, makeUpDb: fullMakeUpDb * amount, wetShare: mixPercent / 100 };
    return processDynamics(
      context,
      { detector, lookaheadMs, bands: [{ sections: [], computer, scale }] },
      ([gains], latencySamples) => createBroadbandApplier(context, gains!, latencySamples),
    );
  },
});
