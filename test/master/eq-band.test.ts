import { expect, test } from 'vitest';
import { z } from 'zod';
import { designEqBand, eqBandSchemas, passSlopesDbPerOct, type EqBand } from '../../src/master/eq-band.ts';
import { schemaIssues } from '../../src/scene/document-issues.ts';
import { responseOf } from '../dsp/filter-response.ts';

const levelDb = (band: EqBand, frequencyHz: number, amount = 1): number =>
  responseOf(designEqBand(band, 48000, amount), frequencyHz, 48000).levelDb;

test.each(passSlopesDbPerOct)('passes of %i dB an octave', (slopeDbPerOct) => {
  const band: EqBand = { type: 'highpass', frequencyHz: 800, slopeDbPerOct };
  expect(levelDb(band, 800)).toBeCloseTo(-3.01, 1);
  expect(levelDb(band, 100) - levelDb(band, 50)).toBeCloseTo(slopeDbPerOct * Math.log2(2), 0);
});

test('a tilt turns about its frequency', () => {
  const band: EqBand = { type: 'tilt', frequencyHz: 700, gainDb: 3 };
  expect(levelDb(band, 700)).toBeCloseTo(0, 1);
  expect(levelDb(band, 10)).toBeCloseTo(-3, 1);
  expect(levelDb(band, 20_000)).toBeCloseTo(3, 1);
});

test('a notch takes out its frequency and half the power at its edges', () => {
  const band: EqBand = { type: 'notch', frequencyHz: 1000, q: 5 };
  expect(levelDb(band, 1000)).toBeLessThan(-200);
  // Edges of a band of 200 Hz around the frequency, as tangents have them.
  expect(levelDb(band, 1000 * (Math.sqrt(1.01) + 0.1))).toBeCloseTo(-3.01, 1);
  expect(levelDb(band, 1000 * (Math.sqrt(1.01) - 0.1))).toBeCloseTo(-3.01, 1);
  expect(levelDb(band, 1000, 0.5)).toBeCloseTo(-6.02, 2);
});

test('the amount scales dB, and moves passes by octaves', () => {
  expect(levelDb({ type: 'bell', frequencyHz: 1000, gainDb: 6 }, 1000, 0.5)).toBeCloseTo(3, 2);
  // Half way in octaves from 5 to 80 Hz: 20 Hz.
  expect(levelDb({ type: 'highpass', frequencyHz: 80 }, 20, 0.5)).toBeCloseTo(-3.01, 1);
  expect(designEqBand({ type: 'lowshelf', frequencyHz: 100, gainDb: 0 }, 48000)).toEqual([]);
});

test('bands may say more where their owner wants it', () => {
  const schema = eqBandSchemas({ channels: z.array(z.string()).optional() });
  expect(schemaIssues(schema, { type: 'tilt', frequencyHz: 100, gainDb: 1, channels: ['L'] })).toEqual([]);
  expect(schemaIssues(eqBandSchemas({}), { type: 'notch', frequencyHz: 100, channels: ['L'] })).toHaveLength(
    1,
  );
});
