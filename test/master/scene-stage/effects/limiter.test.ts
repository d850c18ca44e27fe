import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadKernels } from '../../../../src/kernels/load-kernels.ts';
import type { DetectorRenderName } from '../../../../src/master/scene-stage/detector-schema.ts';
import { limiterEffect } from '../../../../src/master/scene-stage/effects/limiter.ts';
import { createTruePeakMeter } from '../../../../src/meter/true-peak-meter.ts';
import { noise } from '../../../support.ts';
import { fuzzRenders } from '../dynamics-support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

const kernels = await loadKernels();

/** True peak of channels in dBTP. */
function truePeakDbtp(channels: readonly Float32Array[]): number {
  const meter = createTruePeakMeter({ kernels, channelCount: channels.length, mode: 'precise' });
  meter.process({ channels: [...channels], frameCount: channels[0]!.length });
  return Math.max(...meter.finish().truePeaksDbtp);
}

test('each element stays below the ceiling by itself; what is quiet keeps its bits', async () => {
  const context = await effectContext({ trackCount: 3 });
  const input = [noise(9000, 1, 2), noise(9000, 2, 0.1), noise(9000, 3, 0.9)];
  const effect = limiterEffect.create({ ceilingDbtp: -3 }, context);
  const output = runEffect(effect, input);
  expect(output[1]).toEqual(input[1]);
  expect(truePeakDbtp(output)).toBeLessThan(-3 + 0.05);
  expect(truePeakDbtp([output[0]!])).toBeGreaterThan(-4);
  const found = effect.reductions();
  expect(found.map(({ name }) => name)).toEqual(['Bed M+030', 'Bed M-030', 'Bed M+000']);
  expect(found[0]!.maxReductionDb).toBeGreaterThan(8);
  expect(found[1]!.maxReductionDb).toBe(0);
  for (const blockFrames of [1, 511])
    expect(runEffect(limiterEffect.create({ ceilingDbtp: -3 }, context), input, blockFrames)).toEqual(output);
});

test("linked: tracks take over each other's reductions, all the way as one gain; the LFE goes by itself", async () => {
  const context = await effectContext({ trackCount: 4 });
  const steady = (seed: number, level: number) =>
    noise(9000, seed, 1).map((sample) => level * Math.sign(sample));
  const input = [steady(1, 1), steady(2, 0.25), steady(3, 0.25), steady(4, 0.25)];
  const gainsDb = (linkPercent: number): number[] => {
    const output = runEffect(limiterEffect.create({ ceilingDbtp: -12, linkPercent }, context), input);
    return output.map((channel, track) => 20 * Math.log10(channel[8000]! / input[track]![8000]!));
  };
  const [own, ...unlinked] = gainsDb(0);
  expect(own).toBeLessThan(-12);
  const half = gainsDb(50);
  expect(half[1]).toBeCloseTo(Math.min(unlinked[0]!, own! / 2), 1);
  const whole = gainsDb(100);
  expect(whole[1]).toBe(whole[0]);
  expect(whole[2]).toBe(whole[0]);
  expect([half[3], whole[3]]).toEqual([unlinked[2], unlinked[2]]);
  const { kindOf, faultsOf } = limiterEffect;
  expect([0, 99, 100].map((linkPercent) => kindOf!({ ceilingDbtp: -1, linkPercent }))).toEqual([
    ...['non-linear', 'non-linear', 'common-gain'],
  ]);
  const effect = limiterEffect.create({ ceilingDbtp: -12, linkPercent: 100 }, context);
  runEffect(effect, input);
  expect(effect.reductions().map(({ name }) => name)).toEqual(['all', 'Bed LFE1']);
  expect(faultsOf!({ ceilingDbtp: -1, renders: ['5.1'], linkPercent: 50 }, 48_000)).toHaveLength(1);
  expect(faultsOf!({ ceilingDbtp: -1, linkPercent: 50 }, 48_000)).toEqual([]);
});

test('any legal setting: finite and bounded', async () => {
  const context = await effectContext({ trackCount: 3 });
  const parameters = fc.record(
    {
      ceilingDbtp: fc.double({ min: -40, max: 0, noNaN: true }),
      renders: fc.constantFrom<DetectorRenderName[]>(['binaural'], ['5.1', 'stereo']),
      linkPercent: fc.double({ min: 0, max: 100, noNaN: true }),
      lookaheadMs: fc.double({ min: 0.1, max: 50, noNaN: true }),
      holdMs: fc.double({ min: 0, max: 500, noNaN: true }),
      releaseMs: fc.double({ min: 1, max: 5000, noNaN: true }),
    },
    { requiredKeys: ['ceilingDbtp'] },
  );
  fc.assert(
    fc.property(
      parameters,
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 1000 }),
      (stated, amount, seed) => {
        const effect = limiterEffect.create(stated, { ...context, ...fuzzRenders(context), amount });
        const input = Array.from({ length: 5 }, (_, channel) => noise(1500, seed + channel));
        for (const channel of runEffect(effect, input))
          expect(channel.every((sample) => Math.abs(sample) <= 1)).toBe(true);
      },
    ),
    { numRuns: 100, seed: 7 },
  );
});
