import { expect, test } from 'vitest';
import {
  deliverableNames,
  deliveryFrames,
  deliveryRateHz,
  type MasterJob,
} from '../../src/job/master-job.ts';
import { planTargets } from '../../src/job/plan.ts';
import { resolveTargetSettings } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';

const targets = ['stereo', '5.1'].map((name) => parseTarget(name));
const job = {
  plan: planTargets(targets, { channelOrder: 'wav', fold: {} }),
  settings: targets.map((target, index) =>
    resolveTargetSettings(target, undefined, { sampleRateHz: index === 0 ? 44_100 : undefined }),
  ),
  reader: { sampleRateHz: 48_000, scene: { name: 'live' } },
  excerpt: { startFrame: 4800, frameCount: 480_000 },
  finishings: [{ edit: { frameCount: 441_000 } }, { edit: { frameCount: 480_000 } }],
  markers: undefined,
  options: {},
} as unknown as MasterJob;

test('rate and length are those of the deliverable', () => {
  expect([0, 1].map((target) => deliveryRateHz(job, target))).toEqual([44_100, 48_000]);
  expect([0, 1].map((target) => deliveryFrames(job, target))).toEqual([441_000, 480_000]);
});

test('a programme has one file, or one for each track, safe for file systems', () => {
  expect(deliverableNames(job, 0)).toEqual({ whole: 'live.stereo.wav', tracks: undefined });
  const markers = [
    { name: 'Either/Or', timeSec: 0 },
    { name: '', timeSamples: 240_000 },
  ];
  expect(deliverableNames({ ...job, markers }, 0)).toEqual({
    whole: 'live.stereo.wav',
    tracks: [
      {
        number: 1,
        name: 'Either/Or',
        startFrame: 0,
        frameCount: 220_500,
        file: 'live.stereo.01-Either_Or.wav',
      },
      { number: 2, name: '', startFrame: 220_500, frameCount: 220_500, file: 'live.stereo.02.wav' },
    ],
  });
});
