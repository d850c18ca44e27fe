import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deEsserEffect } from '../../../../src/master/scene-stage/effects/de-esser.ts';
import { noise } from '../../../support.ts';
import { detectorArbitrary, dynamicsArbitraries, fuzzRenders } from '../dynamics-support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

const frames = 24_000;
const tone = (frequencyHz: number, levelDb: number): Float32Array =>
  Float32Array.from(
    { length: frames },
    (_, n) => 10 ** (levelDb / 20) * Math.sin((2 * Math.PI * frequencyHz * n) / 48000),
  );
/** Level in dB of a tone of whole periods in the second half. */
function levelOf(samples: Float32Array, frequencyHz: number): number {
  let [re, im] = [0, 0];
  for (let n = frames / 2; n < frames; n++) {
    const angle = (2 * Math.PI * frequencyHz * n) / 48000;
    re += samples[n]! * Math.cos(angle);
    im += samples[n]! * Math.sin(angle);
  }
  return 20 * Math.log10((4 / frames) * Math.hypot(re, im));
}

/** What a sine of -20 dB is above a threshold of -35 in RMS, behind Butterworth filters at 5 and 9 kHz. */
const beyondDb = 15 - 3.01 - 10 * Math.log10((1 + (5 / 6.7) ** 8) * (1 + (6.7 / 9) ** 4));
const reductionDb = 0.75 * beyondDb;
/** Shelf of the first order by the bilinear transform. */
const ratio = Math.tan((6.7 / 48) * Math.PI) / Math.tan((5 / 48) * Math.PI);
const shelfDb = 10 * Math.log10((1 + (ratio * 10 ** (-reductionDb / 20)) ** 2) / (1 + ratio ** 2));

test.each([
  ['bell', -reductionDb, 0],
  ['shelf', shelfDb, 0],
  ['wide', -reductionDb, -reductionDb],
] as const)('%s: sibilants have %d dB, the voice %d', async (action, sibilantDb, voiceDb) => {
  const [sibilant, voice] = [tone(6700, -20), tone(300, -14)];
  const both = sibilant.map((sample, n) => sample + voice[n]!);
  const parameters = { thresholdDb: -35, ratio: 4, kneeDb: 0, rangeDb: 30, action };
  const effect = deEsserEffect.create(parameters, await effectContext({ trackCount: 2 }));
  const [output, other] = runEffect(effect, [both, voice]);
  expect(Math.abs(levelOf(output!, 6700) + 20 - sibilantDb)).toBeLessThan(0.1);
  expect(Math.abs(levelOf(output!, 300) + 14 - voiceDb)).toBeLessThan(0.1);
  expect(other).toEqual(voice);
});

test('blocks change nothing; a band without width is refused', async () => {
  const context = await effectContext({ trackCount: 2 });
  const input = [noise(5000, 1), noise(5000, 2)];
  const make = () => deEsserEffect.create({ thresholdDb: -30 }, context);
  const whole = runEffect(make(), input, 5000);
  for (const blockFrames of [1, 511]) expect(runEffect(make(), input, blockFrames)).toEqual(whole);
  expect(deEsserEffect.faultsOf!({ thresholdDb: -30 }, 48_000)).toEqual([]);
  expect(deEsserEffect.faultsOf!({ thresholdDb: -30, lowestHz: 9000 }, 48_000)).toMatchObject([
    { path: ['lowestHz'], message: expect.stringContaining('found 9000, and highestHz is 9000') as string },
  ]);
});

test('any legal setting: finite and bounded', async () => {
  const contexts = [
    await effectContext({ trackCount: 5 }),
    await effectContext({ trackCount: 5, sampleRateHz: 32000 }),
  ];
  const parameters = fc.record(
    {
      ...dynamicsArbitraries,
      lowestHz: fc.double({ min: 1000, max: 16000, noNaN: true }),
      highestHz: fc.double({ min: 16001, max: 20000, noNaN: true }),
      action: fc.constantFrom('bell' as const, 'shelf' as const, 'wide' as const),
      rangeDb: fc.double({ min: 0, max: 40, noNaN: true }),
      detector: detectorArbitrary,
    },
    { requiredKeys: ['thresholdDb', 'lowestHz', 'highestHz'] },
  );
  fc.assert(
    fc.property(
      parameters,
      fc.constantFrom(...contexts),
      fc.integer({ min: 1, max: 1000 }),
      (stated, context, seed) => {
        const effect = deEsserEffect.create(stated, { ...context, ...fuzzRenders(context) });
        const input = Array.from({ length: 7 }, (_, channel) => noise(1500, seed + channel));
        for (const channel of runEffect(effect, input))
          expect(channel.every((sample) => Math.abs(sample) < 4)).toBe(true);
      },
    ),
    { numRuns: 100, seed: 7 },
  );
});
