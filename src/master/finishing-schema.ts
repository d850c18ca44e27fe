import { z } from 'zod';
import { eqBandSchemas } from './eq-band.ts';
import { fadeCurves } from './fades.ts';

const channels = z
  .array(z.string())
  .min(1)
  .optional()
  .describe('Labels of the channels that have this band. Default: all of them, the LFE included.');

/** Bands of an equaliser. */
export const eqSchema = z
  .array(eqBandSchemas({ channels }))
  .max(64)
  .optional()
  .describe(
    'Equaliser bands of this target, in their order, of minimum phase; before its loudness is solved.',
  );

const length = {
  durationSec: z.number().min(0).max(86400).optional().describe('Length in seconds.'),
  durationSamples: z.int().min(0).optional().describe('Length in samples of the deliverable.'),
};
const hasOneLength = ({
  durationSec,
  durationSamples,
}: {
  durationSec?: unknown;
  durationSamples?: unknown;
}) => (durationSec === undefined) !== (durationSamples === undefined);
const oneLength = 'has a length in durationSec or in durationSamples; one of both is allowed';

/** How much is cut off at one end. @param what for the description */
export const trimSchema = (what: string) =>
  z
    .strictObject(length)
    .refine(hasOneLength, oneLength)
    .optional()
    .describe(`What is cut off at the ${what}.`);

/** A fade at one end. @param what for the description */
export const fadeSchema = (what: string) =>
  z
    .strictObject({
      ...length,
      curve: z.enum(fadeCurves).optional().describe('Default raised-cosine.'),
    })
    .refine(hasOneLength, oneLength)
    .optional()
    .describe(`${what}, after trimming.`);

/** How the gain of a limiter moves, for limiters of scenes and of tracks. */
export const limiterMotionShape = {
  lookaheadMs: z.number().min(0.1).max(50).optional().describe('Attack before a peak. Default 5.'),
  holdMs: z.number().min(0).max(500).optional().describe('How long the gain stays down. Default 10.'),
  releaseMs: z
    .number()
    .min(1)
    .max(5000)
    .optional()
    .describe('Time constant of the return after a short peak. Default 60.'),
};
