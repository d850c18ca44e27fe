import { z } from 'zod';

/** Parameters that all dynamics share, with their units in their names. */
export const dynamicsParameters = {
  thresholdDb: z
    .number()
    .min(-80)
    .max(12)
    .describe(
      'Level in the middle of the knee, in dB re full scale (LUFS where a render is heard); a sine of full scale has -3 dB RMS.',
    ),
  ratio: z.number().min(1).max(100),
  kneeDb: z.number().min(0).max(40),
  attackMs: z
    .number()
    .min(0)
    .max(1000)
    .optional()
    .describe('Time after which a reduction has come to 63 % of a step, in dB. Default 10.'),
  releaseMs: z
    .number()
    .min(1)
    .max(5000)
    .optional()
    .describe('Time after which 37 % of a reduction are left, in dB. Default 150.'),
  detection: z
    .enum(['peak', 'rms'])
    .optional()
    .describe('Whether peaks count or the mean of the power. Default rms.'),
  windowMs: z
    .number()
    .min(0.1)
    .max(2000)
    .optional()
    .describe('Time constant of the mean of the power. Default 10.'),
  lookaheadMs: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('How much earlier the gain moves; all tracks are delayed by it. Default 0.'),
};
