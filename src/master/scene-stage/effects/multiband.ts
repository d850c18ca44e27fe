import { z } from 'zod';
import { crossoverFaults } from '../../../dsp/crossover.ts';
import { designGainComputer } from '../../dynamics/gain-computer.ts';
import { detectorFaults, detectorSchema, isLinked, type DetectorSettings } from '../detector-schema.ts';
import { dynamicsParameters } from '../dynamics-schema.ts';
import { defineEffect, type EffectContext } from '../effect.ts';
import { processMultiband, type MultibandBand } from '../multiband.ts';

const defaultDetector: DetectorSettings = { mode: 'group-sum' };

const { attackMs, releaseMs, detection, windowMs, lookaheadMs } = dynamicsParameters;

const bandSchema = z.strictObject({
  thresholdDb: dynamicsParameters.thresholdDb,
  ratio: dynamicsParameters.ratio
    .optional()
    .describe('dB at the input for one at the output, above the knee. Default 2.'),
  kneeDb: dynamicsParameters.kneeDb.optional().describe('Width of the knee in dB. Default 6.'),
  ...{ attackMs, releaseMs, detection, windowMs },
  rangeDb: z.number().min(0).max(60).optional().describe('Most that is turned down, in dB. Default 60.'),
  makeUpDb: z.number().min(-24).max(24).optional().describe('Gain of the band behind it in dB. Default 0.'),
  bypass: z
    .boolean()
    .optional()
    .describe('Whether this band passes as it is, without make-up too. Default false.'),
});

/** A band as a recipe states it. */
type BandParameters = z.infer<typeof bandSchema>;

/** Compressor in bands, with one gain a band for the whole group, or as far linked as is wanted. */
export const multibandEffect = defineEffect({
  type: 'multiband',
  description: 'Turns down what is loud in two to six bands; linked, so that positions stay where they are.',
  kind: 'non-linear',
  // With gains in common all tracks go through the same filter, which changes over time.
  kindOf: ({ detector = defaultDetector }) => (isLinked(detector) ? 'linear' : 'non-linear'),
  parameters: {
    crossoversHz: z
      .array(z.number().min(20).max(20000))
      .min(1)
      .max(5)
      .describe('Where one band ends and the next begins, -6 dB there, 24 dB an octave; ascending.'),
    bands: z.array(bandSchema).min(2).max(6).describe('Bands from low to high, one more than crossovers.'),
    phase: z
      .enum(['minimum', 'linear'])
      .optional()
      .describe(
        'Bands of minimum phase sum to a flat all-pass; those of linear phase to the sound itself, and delay all tracks. Default minimum.',
      ),
    lookaheadMs,
    detector: detectorSchema
      .unwrap()
      .omit({ highpassHz: true, lowpassHz: true })
      .optional()
      .describe('What the bands listen to, each to its own part. Default: the power of all members, linked.'),
  },
  faultsOf({ crossoversHz, bands, detector }, sampleRateHz) {
    const crossovers = crossoverFaults(crossoversHz, sampleRateHz).map(({ index, message }) => ({
      ...{ code: 'crossover-frequency', path: ['crossoversHz', index], message },
    }));
    const wanted = crossoversHz.length + 1;
    const found = `found ${bands.length} beside ${crossoversHz.length} crossoversHz`;
    const count =
      bands.length === wanted
        ? []
        : [{ code: 'crossover-bands', path: ['bands'], message: `${found}; allowed: ${wanted}` }];
    return [...crossovers, ...count, ...detectorFaults(detector)];
  },
  create(parameters, context) {
    const { crossoversHz, bands, phase = 'minimum' } = parameters;
    const { detector = defaultDetector, lookaheadMs: aheadMs = 0 } = parameters;
    return processMultiband(context, {
      ...{ crossoversHz, phase, detector },
      lookaheadMs: aheadMs,
      bands: bands.map((band, index) => designBand(band, bandName(crossoversHz, index), context)),
    });
  },
});

function designBand(
  { bypass = false, makeUpDb = 0, ...stated }: BandParameters,
  name: string,
  { amount, sampleRateHz }: EffectContext,
): MultibandBand {
  const settings = bypass ? { ...stated, rangeDb: 0 } : stated;
  return {
    name,
    computer: designGainComputer(settings, sampleRateHz),
    scale: { gainPerDb: -amount, makeUpDb: bypass ? 0 : makeUpDb * amount, wetShare: 1 },
  };
}

/** "below 120 Hz", "120..2000 Hz", "above 2000 Hz" */
function bandName(crossoversHz: readonly number[], band: number): string {
  const [fromHz, toHz] = [crossoversHz[band - 1], crossoversHz[band]];
  if (fromHz === undefined) return `below ${toHz} Hz`;
  return toHz === undefined ? `above ${fromHz} Hz` : `${fromHz}..${toHz} Hz`;
}
