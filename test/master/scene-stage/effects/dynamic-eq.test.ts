import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dynamicEqEffect } from '../../../../src/master/scene-stage/effects/dynamic-eq.ts';
import { noise } from '../../../support.ts';
import { detectorArbitrary, dynamicsArbitraries, fuzzRenders } from '../dynamics-support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

type Settings = Parameters<typeof dynamicEqEffect.create>[0];
type Band = Settings['bands'][number];

const rateHz = 48000;
const sine = (frequencyHz: number, levelDb: number, frames = 24_000): Float32Array =>
  Float32Array.from(
    { length: frames },
    (_, n) => 10 ** (levelDb / 20) * Math.sin((2 * Math.PI * frequencyHz * n) / rateHz),
  );

/** How much a sine is changed in its second half. */
async function gainDb(frequencyHz: number, levelDb: number, band: Band, amount = 1): Promise<number> {
  const input = sine(frequencyHz, levelDb);
  const effect = dynamicEqEffect.create({ bands: [band] }, await effectContext({ amount }));
  const [output] = runEffect(effect, [input]);
  const power = (samples: Float32Array): number =>
    samples.subarray(12_000).reduce((sum, x) => sum + x * x, 0);
  return 10 * Math.log10(power(output!) / power(input));
}

const common = { thresholdDb: -33.01, ratio: 2, kneeDb: 0, windowMs: 50, attackMs: 5, releaseMs: 20 };

test.each<[Partial<Band>, number, number, number]>([
  [{ type: 'bell', gainDb: -12 }, 1000, -20, -5],
  [{ type: 'bell', gainDb: -3 }, 1000, -20, -3],
  [{ type: 'bell', gainDb: 9 }, 1000, -20, 5],
  [{ type: 'bell', gainDb: -12 }, 1000, -31, 0],
  [{ type: 'bell', gainDb: 6, side: 'below' }, 1000, -40, 5],
  [{ type: 'bell', gainDb: 6, side: 'below' }, 1000, -20, 0],
  [{ type: 'lowshelf', gainDb: -12 }, 40, -20, -5],
  [{ type: 'highshelf', gainDb: -12 }, 15_000, -20, -5],
  [{ type: 'highshelf', gainDb: -12 }, 40, -20, 0],
])('%o: a tone of %d Hz at %d dB has %d dB', async (band, frequencyHz, levelDb, wantedDb) => {
  const found = await gainDb(frequencyHz, levelDb, { frequencyHz: 1000, ...common, ...band } as Band);
  expect(Math.abs(found - wantedDb)).toBeLessThan(0.1);
});

test('half the amount is half of the dB', async () => {
  const band: Band = { type: 'bell', frequencyHz: 1000, gainDb: -12, ...common };
  expect(Math.abs((await gainDb(1000, -20, band, 0.5)) + 2.5)).toBeLessThan(0.05);
});

test('what stays below every threshold keeps its bits; blocks change nothing', async () => {
  const context = await effectContext({ trackCount: 3 });
  const bands: Band[] = [
    { type: 'lowshelf', frequencyHz: 150, gainDb: -6, thresholdDb: -40 },
    { type: 'bell', frequencyHz: 2500, q: 2, gainDb: 4, thresholdDb: -40 },
  ];
  const make = () => dynamicEqEffect.create({ bands, lookaheadMs: 2 }, context);
  const quiet = [1, 2, 3].map((seed) => noise(4000, seed, 1e-4));
  expect(runEffect(make(), quiet)).toEqual(quiet);
  const input = [1, 2, 3].map((seed) => noise(6000, seed));
  const whole = runEffect(make(), input, 6000);
  expect(whole).not.toEqual(input);
  for (const blockFrames of [1, 64, 511]) expect(runEffect(make(), input, blockFrames)).toEqual(whole);
  const effect = make();
  runEffect(effect, input);
  expect(effect.reductions().map(({ name }) => name)).toEqual(['lowshelf 150 Hz', 'bell 2500 Hz']);
});

test('gains that move make no zipper: a tone through a swift bell has no step beyond its own', async () => {
  const band: Band = {
    type: 'bell',
    frequencyHz: 400,
    gainDb: -24,
    thresholdDb: -60,
    ratio: 20,
    attackMs: 0.5,
  };
  const input = sine(400, -6);
  input.fill(0, 0, 6000);
  const [output] = runEffect(dynamicEqEffect.create({ bands: [band] }, await effectContext()), [input]);
  const largest = (samples: Float32Array): number =>
    samples.reduce((most, x, n) => (n > 0 ? Math.max(most, Math.abs(x - samples[n - 1]!)) : most), 0);
  expect(largest(output!)).toBeLessThan(1.05 * largest(input));
});

test('a frequency above what the rate holds is a fault, and a detector that contradicts itself', () => {
  const band: Band = { type: 'bell', frequencyHz: 16_000, gainDb: 1, thresholdDb: -20 };
  const detector = { mode: 'own' as const, file: 'kick.wav' };
  expect(dynamicEqEffect.faultsOf!({ bands: [band], detector }, 32_000)).toMatchObject([
    { path: ['bands', 0, 'frequencyHz'] },
    { path: ['detector', 'file'] },
  ]);
  expect(dynamicEqEffect.faultsOf!({ bands: [band] }, 48_000)).toEqual([]);
});

test('any legal setting: finite and bounded', async () => {
  const context = await effectContext({ trackCount: 5 });
  const band = fc.record(
    {
      ...dynamicsArbitraries,
      lookaheadMs: fc.constant(undefined),
      type: fc.constantFrom('bell' as const, 'lowshelf' as const, 'highshelf' as const),
      frequencyHz: fc.double({ min: 20, max: 20_000, noNaN: true }),
      q: fc.double({ min: 0.1, max: 20, noNaN: true }),
      gainDb: fc.double({ min: -24, max: 24, noNaN: true }),
      side: fc.constantFrom('above' as const, 'below' as const),
    },
    { requiredKeys: ['type', 'frequencyHz', 'gainDb', 'thresholdDb'] },
  );
  fc.assert(
    fc.property(
      fc.array(band, { minLength: 1, maxLength: 3 }),
      detectorArbitrary,
      fc.integer({ min: 1, max: 1000 }),
      (bands, detector, seed) => {
        const parameters = { bands, detector };
        const effect = dynamicEqEffect.create(parameters, { ...context, ...fuzzRenders(context) });
        const input = Array.from({ length: 7 }, (_, channel) => noise(1500, seed + channel));
        // Parts of a sound pass at most what a filter of q 20 rings to: twice the sound.
        for (const channel of runEffect(effect, input))
          expect(
            channel.every((sample) => Math.abs(sample) <= (1 + 2 * 10 ** (24 / 20)) ** bands.length),
          ).toBe(true);
      },
    ),
    { numRuns: 100, seed: 7 },
  );
});
