import { expect, test } from 'vitest';
import { createRenderLimiter } from '../../../src/master/scene-stage/render-limiter.ts';
import type { DetectorRender } from '../../../src/master/scene-stage/effect.ts';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';
import type { Layout } from '../../../src/layouts/layout.ts';
import type { Warning } from '../../../src/base/errors.ts';
import { createTruePeakMeter } from '../../../src/meter/true-peak-meter.ts';
import { noise } from '../../support.ts';
import { lateRender } from './dynamics-support.ts';
import { effectContext, runEffect } from './effect-support.ts';

const settings = { ceilingDbtp: -1, renders: ['one', 'late'], lookaheadMs: 5, holdMs: 10, releaseMs: 60 };

test('one gain for all, so that the sum stays below; half of it at half the amount', async () => {
  const context = await effectContext({
    trackCount: 3,
    createDetectorRender: (name) => lateRender(3, name === 'late' ? 250 : 0),
  });
  const voice = noise(20_000, 1, 0.7).map((sample, n) => sample * (1e-6 + Math.max(0, Math.sin(n / 2500))));
  const input = [voice, voice.map((sample) => 0.5 * sample), voice.map((sample) => sample / 4)];
  const effect = createRenderLimiter(context, settings);
  const output = runEffect(effect, input);
  const gains = output.map((channel, track) => channel.map((sample, n) => sample / input[track]![n]!));
  expect(gains[1]).toEqual(gains[0]);
  expect(gains[2]).toEqual(gains[0]);
  const peak = Math.max(...output[0]!.map((sample) => Math.abs(1.75 * sample)));
  expect(peak).toBeLessThan(10 ** (-1 / 20));
  expect(effect.reductions()).toMatchObject([{ name: 'all' }]);
  expect(effect.reductions()[0]!.maxReductionDb).toBeGreaterThan(2);
  for (const blockFrames of [1, 511]) {
    effect.reset();
    expect(runEffect(effect, input, blockFrames)).toEqual(output);
  }
  const half = createRenderLimiter({ ...context, amount: 0.5 }, settings);
  runEffect(half, input);
  expect(half.reductions()[0]!.maxReductionDb * 2).toBeCloseTo(effect.reductions()[0]!.maxReductionDb, 3);
});

/** Left, right, centre and LFE, each as its track. */
const plainRender = (): DetectorRender => ({
  layout: { loudspeakers: [false, false, false, true].map((isLfe) => ({ isLfe })) } as unknown as Layout,
  processor: {
    ...{ inputChannelCount: 4, outputChannelCount: 4, latencySamples: 0 },
    process: ({ channels, frameCount }, output) =>
      channels.forEach((channel, index) => output.channels[index]!.set(channel.subarray(0, frameCount))),
    reset: () => undefined,
  },
});
const loudLfe = [noise(9000, 1, 0.2), noise(9000, 2, 0.2), noise(9000, 3, 0.2), noise(9000, 4, 2)];

test('a loud LFE is held below the ceiling by a gain of its own, and ducks nothing', async () => {
  const context = await effectContext({ trackCount: 4, createDetectorRender: plainRender });
  const effect = createRenderLimiter(context, { ...settings, renders: ['5.1'] });
  const output = runEffect(effect, loudLfe);
  expect(output.slice(0, 3)).toEqual(loudLfe.slice(0, 3));
  const lfePeakDbtp = (channels: Float32Array[]): number => {
    const meter = createTruePeakMeter({ kernels: context.kernels, channelCount: 4, mode: 'precise' });
    meter.process({ channels, frameCount: 9000 });
    return meter.finish().truePeaksDbtp[3]!;
  };
  expect(lfePeakDbtp(output)).toBeLessThan(-1);
  expect(lfePeakDbtp(output)).toBeGreaterThan(-3);
  const peakOverDb = expect.closeTo(lfePeakDbtp(loudLfe) + 1, 0) as number;
  expect(effect.reductions()).toMatchObject([
    { name: 'all', maxReductionDb: 0 },
    { name: 'Bed LFE1', maxReductionDb: peakOverDb },
  ]);
});

test('where a render may hold the LFE in other channels, the LFE follows their gain', async () => {
  const context = await effectContext({ trackCount: 4, createDetectorRender: () => lateRender(4, 0) });
  const input = loudLfe.map((channel) => channel.map((sample) => sample / 2));
  const output = runEffect(createRenderLimiter(context, settings), input);
  const sum = Math.max(...output[0]!.map((_, n) => Math.abs(output.reduce((all, one) => all + one[n]!, 0))));
  expect(sum).toBeLessThan(10 ** (-1 / 20));
});

test('an LFE that is no member is not heard, which is told', async () => {
  const warnings: Warning[] = [];
  const context = await effectContext({
    ...{ trackCount: 4, createDetectorRender: plainRender },
    group: constantMembers(new Map([0, 1, 2].map((track) => [track, 1]))),
    onWarning: (warning) => warnings.push(warning),
  });
  const output = runEffect(createRenderLimiter(context, settings), loudLfe);
  expect(output).toEqual(loudLfe);
  expect(warnings.map(({ code }) => code)).toEqual(['limiter-lfe']);
});
