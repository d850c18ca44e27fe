import { z } from 'zod';
import {
  designBell,
  designButterworth,
  designMatchedShelf,
  designNotch,
  designTilt,
} from '../dsp/parametric-eq.ts';
import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';

/** Slopes of high and low passes: Butterworth filters of the orders 1 to 8. */
export const passSlopesDbPerOct = [6, 12, 18, 24, 36, 48] as const;

/** A band of an equaliser. */
export type EqBand =
  | {
      readonly type: 'highpass' | 'lowpass';
      /** Where the level is -3 dB. */
      readonly frequencyHz: number;
      /** 12 unless given. */
      readonly slopeDbPerOct?: (typeof passSlopesDbPerOct)[number] | undefined;
    }
  | {
      readonly type: 'lowshelf' | 'highshelf' | 'bell';
      /** Middle of a bell; where a shelf has half its gain in dB. */
      readonly frequencyHz: number;
      readonly gainDb: number;
      /** Of a bell: frequency by bandwidth between half gains, 1 unless given. Of a shelf: 0.71, without overshoot. */
      readonly q?: number | undefined;
    }
  | {
      readonly type: 'tilt';
      /** What keeps its level. */
      readonly frequencyHz: number;
      /** How far the highest frequencies rise and the lowest fall. */
      readonly gainDb: number;
    }
  | {
      readonly type: 'notch';
      readonly frequencyHz: number;
      /** Frequency by the bandwidth of which half the power is left; 10 unless given. */
      readonly q?: number | undefined;
    };

/** No filter may lie higher than at this share of the sample rate. */
export const highestBandShare = 0.475;

/** Where a pass lies of which nothing is wanted. */
const lowestPassHz = 5;

/**
 * Filters of minimum phase in series that make a band; none where it does nothing.
 * @param amount above 0 up to 1: gains are scaled in dB, what is left of a notch linearly, and passes lie as much nearer
 * to the end of the spectrum, in octaves
 */
export function designEqBand(band: EqBand, sampleRateHz: number, amount = 1): BiquadCoefficients[] {
  const { type, frequencyHz } = band;
  switch (type) {
    case 'highpass':
    case 'lowpass': {
      const endHz = type === 'highpass' ? lowestPassHz : highestBandShare * sampleRateHz;
      const passHz = endHz * (frequencyHz / endHz) ** amount;
      const order = (band.slopeDbPerOct ?? 12) / 6;
      return designButterworth(type === 'highpass' ? 'high' : 'low', passHz, order, sampleRateHz);
    }
    case 'notch':
      return [designNotch(frequencyHz, band.q ?? 10, sampleRateHz, amount)];
  }
  const gainDb = band.gainDb * amount;
  if (gainDb === 0) return [];
  switch (type) {
    case 'bell':
      return [designBell(frequencyHz, gainDb, band.q ?? 1, sampleRateHz)];
    case 'tilt':
      return [designTilt(frequencyHz, gainDb, sampleRateHz)];
    default: {
      const side = type === 'lowshelf' ? 'low' : 'high';
      return [designMatchedShelf(side, frequencyHz, gainDb, band.q ?? Math.SQRT1_2, sampleRateHz)];
    }
  }
}

const frequencyHz = z.number().min(5).max(90000).describe('Frequency in Hz, below 0.475 of the sample rate.');
const gainDb = z.number().min(-24).max(24).describe('Gain in dB.');

const quality = (most: number, description: string) =>
  z.number().min(0.1).max(most).optional().describe(description);

/**
 * Schemas of all bands.
 * @param shape what each may say besides
 */
export function eqBandSchemas<Shape extends z.ZodRawShape>(shape: Shape) {
  const pass = <Type extends 'highpass' | 'lowpass'>(type: Type) =>
    z.strictObject({
      type: z.literal(type),
      frequencyHz,
      slopeDbPerOct: z
        .literal(passSlopesDbPerOct)
        .optional()
        .describe('Slope of the Butterworth filter in dB an octave. Default 12.'),
      ...shape,
    });
  const shelf = <Type extends 'lowshelf' | 'highshelf'>(type: Type) =>
    z.strictObject({
      type: z.literal(type),
      frequencyHz,
      gainDb,
      q: quality(4, 'Steepness. Default 0.71; above it the shelf overshoots.'),
      ...shape,
    });
  return z.discriminatedUnion('type', [
    pass('highpass'),
    pass('lowpass'),
    shelf('lowshelf'),
    shelf('highshelf'),
    z.strictObject({
      type: z.literal('bell'),
      frequencyHz,
      gainDb,
      q: quality(40, 'Frequency by bandwidth. Default 1.'),
      ...shape,
    }),
    z.strictObject({
      type: z.literal('tilt'),
      frequencyHz,
      gainDb: gainDb.describe('How far the highest frequencies rise and the lowest fall, in dB.'),
      ...shape,
    }),
    z.strictObject({
      type: z.literal('notch'),
      frequencyHz,
      q: quality(100, 'Frequency by bandwidth at half the power. Default 10.'),
      ...shape,
    }),
  ]);
}
