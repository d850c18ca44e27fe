import { expect, test } from 'vitest';
import { createRenderLimiter } from '../../../src/master/scene-stage/render-limiter.ts';
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
