import { z } from 'zod';
import { passSlopesDbPerOct } from './equalizer.ts';
import { fadeCurves } from './fades.ts';

const frequencyHz = z.number().min(5).max(90000).describe('Frequency in Hz, below 0.475 of the sample rate.');
const gainDb = z.number().min(-24).max(24).describe('Gain in dB.');
const channels = z
  .array(z.string())
  .min(1)
  .optional()
  .describe('Labels of the channels that have this band. Default: all of them, the LFE included.');

const pass = (type: 'highpass' | 'lowpass') =>
  z.strictObject({
    type: z.literal(type),
    frequencyHz,
    slopeDbPerOct: z
      .literal(passSlopesDbPerOct)
      .optional()
      .describe('Slope of the Butterworth filter in dB an octave. Default 12.'),
    channels,
  });

const shelf = (type: 'lowshelf' | 'highshelf') =>
  z.strictObject({
    type: z.literal(type),
    frequencyHz,
    gainDb,
    q: z
      .number()
      .min(0.1)
      .max(4)
      .optional()
      .describe('Steepness. Default 0.71; above it the shelf overshoots.'),
    channels,
  });

const bell = z.strictObject({
  type: z.literal('bell'),
  frequencyHz,
  gainDb,
  q: z.number().min(0.1).max(40).optional().describe('Frequency by bandwidth. Default 1.'),
  channels,
});

/** Bands of an equaliser. */
export const eqSchema = z
  .array(
    z.discriminatedUnion('type', [
      pass('highpass'),
      pass('lowpass'),
      shelf('lowshelf'),
      shelf('highshelf'),
      bell,
    ]),
  )
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
