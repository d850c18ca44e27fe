import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressorEffect } from '../../../../src/master/scene-stage/effects/compressor.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';
import { dynamicsArbitraries, detectorArbitrary, fuzzRenders } from '../dynamics-support.ts';

type Stated = Partial<Omit<Parameters<typeof compressorEffect.create>[0], 'thresholdDb'>>;

/** Channels that rise from -60 dB to a level of their own, and hold it. */
const constants = (levelsDb: readonly number[], frames = 9600): Float32Array[] =>
  levelsDb.map((levelDb) => new Float32Array(frames).fill(10 ** (levelDb / 20)));

const quick = { attackMs: 1, releaseMs: 5, windowMs: 1 };

async function gainsDb(
  levelsDb: readonly number[],
  parameters: Stated & { thresholdDb: number },
  context: Parameters<typeof effectContext>[0] = {},
): Promise<number[]> {
  const effect = compressorEffect.create(
    { ...quick, ...parameters },
    await effectContext({ trackCount: levelsDb.length, ...context }),
  );
  return runEffect(effect, constants(levelsDb)).map(
    (output, track) => 20 * Math.log10(output.at(-1)!) - levelsDb[track]!,
  );
}

test('the static curve at the output, over levels, ratios and knees, within 0.05 dB', async () => {
  for (const ratio of [1, 1.5, 4, 20])
    for (const kneeDb of [0, 6, 20])
      for (const detection of ['peak', 'rms'] as const)
        for (const levelDb of [-60, -30, -26, -22, -18, -10, -3, 0, 6]) {
          const beyondDb = levelDb + 20;
          const wantedDb =
            (1 / ratio - 1) *
            (2 * Math.abs(beyondDb) <= kneeDb && kneeDb > 0
              ? (beyondDb + kneeDb / 2) ** 2 / (2 * kneeDb)
              : Math.max(0, beyondDb));
          const [found] = await gainsDb([levelDb], { thresholdDb: -20, ratio, kneeDb, detection });
          expect(Math.abs(found! - wantedDb)).toBeLessThan(0.01);
        }
});

describe('links', () => {
  const levelsDb = [-10, -20, -40];
  const settings = { thresholdDb: -30, ratio: 2, kneeDb: 0 };

  test.each([
    [0, [-10, -5, 0]],
    [50, [-10, -7.5, -5]],
    [100, [-10, -10, -10]],
  ])('%d %% of the largest of the group', async (linkPercent, wantedDb) => {
    const found = await gainsDb(levelsDb, { ...settings, detector: { mode: 'group-max', linkPercent } });
    for (const [track, levelDb] of wantedDb.entries()) expect(found[track]).toBeCloseTo(levelDb, 2);
  });

  test('own is not linked; the sum is that of the powers', async () => {
    const own = await gainsDb(levelsDb, { ...settings, detector: { mode: 'own' } });
    expect(own[1]).toBeCloseTo(-5, 2);
    const sum = await gainsDb([-13.0103, -13.0103, -80], { ...settings, detector: { mode: 'group-sum' } });
    for (const levelDb of sum) expect(levelDb).toBeCloseTo(-10, 2);
  });

  test('at 100 % the gains of all members are the same bit for bit', async () => {
    const context = await effectContext({ trackCount: 8 });
    const effect = compressorEffect.create(
      { thresholdDb: -30, ratio: 8, detector: { mode: 'group-sum', linkLfe: true } },
      context,
    );
    // Powers of two: a sample by its channel's is the gain itself.
    const voice = noise(20_000, 3).map((sample, n) => sample * Math.sin(n / 900) ** 2);
    const drive = voice.map((sample) => 2 ** Math.round(Math.log2(Math.abs(sample) + 1e-3)));
    const input = [1, 2, 0.5, 0.25, 4, 0.125, 1, 0.5].map((scale) => drive.map((sample) => scale * sample));
    const gains = runEffect(effect, input).map((output, track) =>
      output.map((sample, n) => sample / input[track]![n]!),
    );
    for (const gain of gains) expect(gain).toEqual(gains[0]);
    expect(Math.min(...gains[0]!)).toBeLessThan(0.3);
  });

  test('the LFE goes by itself, unless it is linked', async () => {
    const levels = [-10, -60, -60, -20];
    const detector = { mode: 'group-max' } as const;
    expect((await gainsDb(levels, { ...settings, detector }))[3]).toBeCloseTo(-5, 2);
    const linked = await gainsDb(levels, { ...settings, detector: { ...detector, linkLfe: true } });
    expect(linked[3]).toBeCloseTo(-10, 2);
  });
});

test('partial members have their share in dB and count less in the group; amounts scale what is turned down', async () => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [1, 0.5],
    ]),
  );
  const settings = { thresholdDb: -30, ratio: 2, kneeDb: 0, detector: { mode: 'group-max' } } as const;
  const found = await gainsDb([-10, -10, -10], settings, { group });
  expect(found[0]).toBeCloseTo(-10, 2);
  expect(found[1]).toBeCloseTo(-5, 2);
  expect(found[2]).toBeCloseTo(0, 5);
  const soft = await gainsDb([-60, -10], settings, { group });
  expect(soft[0]).toBeCloseTo(-10 + (20 * Math.log10(2)) / 2, 2);
  const half = await gainsDb([-10, -10], { ...settings, makeUpDb: 6 }, { amount: 0.5 });
  expect(half[0]).toBeCloseTo(-2, 2);
});

test('make-up, range and mix', async () => {
  const settings = { thresholdDb: -30, ratio: 2, kneeDb: 0 };
  expect((await gainsDb([-10], { ...settings, makeUpDb: 'auto' }))[0]).toBeCloseTo(-2.5, 2);
  expect((await gainsDb([-10], { ...settings, rangeDb: 4 }))[0]).toBeCloseTo(-4, 2);
  const mixed = await gainsDb([-10], { ...settings, mixPercent: 25 });
  expect(mixed[0]).toBeCloseTo(20 * Math.log10(0.75 + 0.25 * 10 ** -0.5), 2);
});

test('look-ahead: the gain moves before the sound that it is for, and nothing is delayed against it', async () => {
  const effect = compressorEffect.create(
    { thresholdDb: -40, ratio: 100, kneeDb: 0, attackMs: 0.5, detection: 'peak', lookaheadMs: 5 },
    await effectContext({ trackCount: 2, group: constantMembers(new Map([[0, 1]])) }),
  );
  expect(effect.latencySamples).toBe(240);
  const input = new Float32Array(9600);
  input.fill(1e-3, 0, 4800);
  input.fill(1, 4800);
  const [output, other] = runEffect(effect, [input, input]);
  expect(other).toEqual(input);
  expect(output![4800 - 245]).toBe(input[0]);
  expect(20 * Math.log10(output![4800 - 1]! / 1e-3)).toBeLessThan(-39);
});

test('blocks change nothing, reset begins anew, silence stays silent', async () => {
  const context = await effectContext({ trackCount: 5 });
  const make = () =>
    compressorEffect.create(
      {
        thresholdDb: -25,
        lookaheadMs: 3,
        autoRelease: true,
        detector: { mode: 'group-sum', linkPercent: 60, highpassHz: 90, lowpassHz: 9000 },
      },
      context,
    );
  const input = [1, 2, 3, 4, 5].map((seed) => noise(7000, seed));
  const whole = runEffect(make(), input, 7000);
  for (const blockFrames of [1, 64, 511, 1024, 1025])
    expect(runEffect(make(), input, blockFrames)).toEqual(whole);
  const again = make();
  runEffect(again, input);
  const { length } = again.reductions();
  expect(length).toBe(5);
  expect(again.reductions()[0]!.maxReductionDb).toBeGreaterThan(1);
  again.reset();
  expect(again.reductions()[0]!.maxReductionDb).toBe(0);
  expect(runEffect(again, input)).toEqual(whole);
  const silence = runEffect(
    make(),
    [1, 2, 3, 4, 5].map(() => new Float32Array(3000)),
  );
  for (const channel of silence) expect(channel.every((sample) => sample === 0)).toBe(true);
});

test('any legal setting: finite and bounded', async () => {
  const contexts = [
    await effectContext({ trackCount: 5 }),
    await effectContext({ trackCount: 5, sampleRateHz: 96000 }),
  ];
  fc.assert(
    fc.property(
      fc.record(
        {
          ...dynamicsArbitraries,
          autoRelease: fc.boolean(),
          rangeDb: fc.double({ min: 0, max: 60, noNaN: true }),
          makeUpDb: fc.oneof(fc.double({ min: -24, max: 24, noNaN: true }), fc.constant('auto' as const)),
          mixPercent: fc.double({ min: 0, max: 100, noNaN: true }),
          detector: detectorArbitrary,
        },
        { requiredKeys: ['thresholdDb'] },
      ),
      fc.constantFrom(...contexts),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 1000 }),
      (parameters, context, amount, seed) => {
        const effect = compressorEffect.create(parameters, { ...context, ...fuzzRenders(context), amount });
        const input = Array.from({ length: 7 }, (_, channel) =>
          noise(1500, seed + channel, channel === 1 ? 0 : 2).map((sample, n) => (n > 900 ? 0 : sample)),
        );
        for (const channel of runEffect(effect, input))
          expect(channel.every((sample) => Math.abs(sample) <= 2 * 10 ** (46 / 20))).toBe(true);
      },
    ),
    { numRuns: 100, seed: 7 },
  );
});
