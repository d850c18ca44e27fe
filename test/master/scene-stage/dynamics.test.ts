import { expect, test } from 'vitest';
import { designGainComputer } from '../../../src/master/dynamics/gain-computer.ts';
import { createBroadbandApplier, processDynamics } from '../../../src/master/scene-stage/dynamics.ts';
import { noise } from '../../support.ts';
import { lateRender } from './dynamics-support.ts';
import { effectContext, runEffect } from './effect-support.ts';

const computer = designGainComputer(
  { thresholdDb: -40, ratio: Infinity, kneeDb: 0, attackMs: 0, releaseMs: 1, detection: 'peak' },
  48000,
);
const scale = { gainPerDb: -1, makeUpDb: 0, wetShare: 1 };

test('the gain of a late render meets the sound that it is for; side chains pass as late', async () => {
  const context = await effectContext({
    trackCount: 2,
    channelCount: 3,
    createDetectorRender: () => lateRender(2, 31),
  });
  const effect = processDynamics(
    context,
    { detector: { mode: 'render' }, lookaheadMs: 0, bands: [{ sections: [], computer, scale }] },
    ([gains], latencySamples) => createBroadbandApplier(context, gains!, latencySamples),
  );
  expect(effect.latencySamples).toBe(31);
  const input = new Float32Array(3000).fill(1e-6);
  input.fill(1, 1000, 1010);
  const key = noise(3000, 1);
  const [first, second, third] = runEffect(effect, [input, input, key]);
  expect(third).toEqual(key);
  expect(second).toEqual(first);
  expect(first![999]).toBe(input[999]);
  expect(first![1000]).toBeLessThan(0.05);
  expect(effect.reductions()).toHaveLength(1);
  expect(effect.reductions()[0]!.maxReductionDb).toBeGreaterThan(30);
});
