import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multibandEffect } from '../../../../src/master/scene-stage/effects/multiband.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { createFft } from '../../../../src/dsp/fft.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

type Settings = Parameters<typeof multibandEffect.create>[0];

const sampleRateHz = 48000;
/** Nothing reaches these thresholds. */
const untouched = { thresholdDb: 12, ratio: 4 };
const tone = (frequencyHz: number, amplitude: number, frames: number): Float32Array =>
  Float32Array.from(
    { length: frames },
    (_, n) => amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz),
  );
/** Level of a tone in dB over whole periods at the end, by correlation. */
function toneDb(samples: Float32Array, frequencyHz: number, frames = 24000): number {
  let [re, im] = [0, 0];
  for (let n = samples.length - frames; n < samples.length; n++) {
    re += samples[n]! * Math.cos((2 * Math.PI * frequencyHz * n) / sampleRateHz);
    im += samples[n]! * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz);
  }
  return 20 * Math.log10((2 * Math.hypot(re, im)) / frames);
}

describe('nothing above the thresholds', () => {
  const parameters: Settings = {
    crossoversHz: [120, 800, 5000],
    bands: [untouched, untouched, untouched, untouched],
  };

  test('minimum phase: flat within 0.01 dB', async () => {
    const size = 1 << 15;
    const input = new Float32Array(size);
    input[100] = 0.5;
    const [output] = runEffect(multibandEffect.create(parameters, await effectContext()), [input]);
    const [real, imaginary] = [Float64Array.from(output!), new Float64Array(size)];
    createFft(size).forward(real, imaginary);
    for (let bin = 3; bin < size / 2; bin++)
      expect(Math.abs(20 * Math.log10(2 * Math.hypot(real[bin]!, imaginary[bin]!)))).toBeLessThan(0.01);
  });

  test('linear phase: the sound itself, late, below -120 dB', async () => {
    const input = noise(30000, 1, 0.9);
    const effect = multibandEffect.create({ ...parameters, phase: 'linear' }, await effectContext());
    expect(effect.latencySamples).toBeGreaterThan(1000);
    const [output] = runEffect(effect, [input]);
    let largest = 0;
    for (let n = 0; n < input.length; n++) largest = Math.max(largest, Math.abs(output![n]! - input[n]!));
    expect(largest).toBeLessThan(1e-6);
  });
});

test('each band is turned down by its own level, and reported', async () => {
  const parameters: Settings = {
    crossoversHz: [500],
    bands: [
      { thresholdDb: -30, ratio: 3, kneeDb: 0, detection: 'rms', windowMs: 100 },
      { thresholdDb: -6, ratio: 3, kneeDb: 0 },
    ],
  };
  const frames = 96000;
  const [low, high] = [tone(60, 0.3, frames), tone(6000, 0.1, frames)];
  const input = low.map((x, n) => x + high[n]!);
  const effect = multibandEffect.create(parameters, await effectContext());
  const [output] = runEffect(effect, [input]);
  // The RMS of the low tone is -13.47 dB, 16.53 dB above the threshold; two thirds of that go.
  const levelDb = 20 * Math.log10(0.3 / Math.SQRT2);
  const wantedDb = (-2 / 3) * (levelDb + 30);
  expect(toneDb(output!, 60) - 20 * Math.log10(0.3)).toBeCloseTo(wantedDb, 1);
  expect(toneDb(output!, 6000) - 20 * Math.log10(0.1)).toBeCloseTo(0, 2);
  const [below, above] = effect.reductions();
  expect(below!.name).toBe('below 500 Hz');
  expect(below!.maxReductionDb).toBeCloseTo(-wantedDb, 0);
  expect(above!.maxReductionDb).toBe(0);
});

test('linked members have the same gains, half members half the dB, others pass', async () => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [1, 1],
      [2, 0.5],
    ]),
  );
  const context = await effectContext({ trackCount: 4, group });
  const parameters: Settings = {
    crossoversHz: [1000],
    bands: [
      { thresholdDb: -40, ratio: 2, kneeDb: 0, windowMs: 100 },
      { thresholdDb: -40, ratio: 2, kneeDb: 0, windowMs: 100 },
    ],
    detector: { mode: 'group-max' },
  };
  const frames = 48000;
  const input = tone(100, 0.5, frames);
  const output = runEffect(multibandEffect.create(parameters, context), [
    input,
    input.map((x) => x / 2),
    input,
    input,
  ]);
  expect(output[1]).toEqual(output[0]!.map((x) => x / 2));
  expect(output[3]).toEqual(input);
  const reductionsDb = output.map((channel) => toneDb(channel, 100) - 20 * Math.log10(0.5));
  expect(reductionsDb[0]).toBeCloseTo(-(40 - 9.03) / 2, 1);
  expect(reductionsDb[2]).toBeCloseTo(reductionsDb[0]! / 2, 1);
});

test.each([
  ['own', undefined],
  ['group-max', 100],
  ['group-sum', 40],
] as const)('%s, link %s: bit-identical in blocks, phases and look-ahead too', async (mode, linkPercent) => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [1, 0.3],
      [3, 1],
    ]),
  );
  const inputs = [1, 2, 3, 4].map((seed) => noise(6000, seed, 0.8));
  for (const phase of ['minimum', 'linear'] as const)
    for (const lookaheadMs of [0, 2]) {
      const parameters: Settings = {
        crossoversHz: [200, 3000],
        bands: [
          { thresholdDb: -30, makeUpDb: 3 },
          { thresholdDb: -40, ratio: 10, kneeDb: 0 },
          { thresholdDb: -30, bypass: true },
        ],
        ...{ phase, lookaheadMs },
        detector: { mode, ...(linkPercent === undefined ? {} : { linkPercent }) },
      };
      const context = await effectContext({ trackCount: 4, group });
      const whole = multibandEffect.create(parameters, context);
      const wanted = runEffect(whole, inputs, 6000);
      expect(wanted[2]).toEqual(inputs[2]);
      for (const block of [1024, 77])
        expect(runEffect(multibandEffect.create(parameters, context), inputs, block)).toEqual(wanted);
      whole.reset();
      expect(runEffect(whole, inputs)).toEqual(wanted);
    }
});

test('any legal parameters: finite and bounded', async () => {
  const context = await effectContext({ trackCount: 3 });
  const band = fc.record({
    thresholdDb: fc.double({ min: -80, max: 12, noNaN: true }),
    ratio: fc.double({ min: 1, max: 100, noNaN: true }),
    kneeDb: fc.double({ min: 0, max: 40, noNaN: true }),
    attackMs: fc.double({ min: 0, max: 1000, noNaN: true }),
    releaseMs: fc.double({ min: 1, max: 5000, noNaN: true }),
    detection: fc.constantFrom('peak' as const, 'rms' as const),
    windowMs: fc.double({ min: 0.1, max: 2000, noNaN: true }),
    rangeDb: fc.double({ min: 0, max: 60, noNaN: true }),
    makeUpDb: fc.double({ min: -24, max: 24, noNaN: true }),
    bypass: fc.boolean(),
  });
  const inputs = [1, 2, 3].map((seed) => noise(4000, seed, 1));
  const cases = fc.record({
    lowestHz: fc.double({ min: 20, max: 600, noNaN: true }),
    ratios: fc.array(fc.double({ min: 1.42, max: 2.3, noNaN: true }), { maxLength: 4 }),
    bands: fc.array(band, { minLength: 6, maxLength: 6 }),
    mode: fc.constantFrom('own' as const, 'group-max' as const, 'group-sum' as const),
    linkPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    lookaheadMs: fc.double({ min: 0, max: 20, noNaN: true }),
  });
  fc.assert(
    fc.property(cases, ({ lowestHz, ratios, bands, mode, linkPercent, lookaheadMs }) => {
      const crossoversHz = ratios.reduce<number[]>(
        (found, ratio) => [...found, found.at(-1)! * ratio],
        [lowestHz],
      );
      const effect = multibandEffect.create(
        {
          crossoversHz,
          bands: bands.slice(0, crossoversHz.length + 1),
          lookaheadMs,
          detector: { mode, linkPercent },
        },
        context,
      );
      // Each band is no louder than the sound, but for the ringing of its filters, and 24 dB of make-up.
      const most = 8 * bands.length * 10 ** (24 / 20);
      for (const channel of runEffect(effect, inputs))
        for (const sample of channel)
          if (!(Math.abs(sample) <= most)) expect.fail(`a sample is ${sample}; ${most} at most is allowed`);
    }),
    { numRuns: 40 },
  );
});

test('crossovers and bands that do not fit are faults', () => {
  const faults = (crossoversHz: number[], bandCount: number) =>
    multibandEffect.faultsOf!(
      { crossoversHz, bands: Array.from({ length: bandCount }, () => untouched) },
      48_000,
    );
  expect(faults([500, 5000], 3)).toEqual([]);
  expect(faults([500], 1)).toMatchObject([
    { path: ['bands'], message: 'found 1 beside 1 crossoversHz; allowed: 2' },
  ]);
  expect(faults([500, 600], 3)).toMatchObject([{ path: ['crossoversHz', 1] }]);
});
