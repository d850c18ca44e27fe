import { expect, test } from 'vitest';
import { getProfile } from '../../src/deliver/profiles.ts';
import { planTargets } from '../../src/job/plan.ts';
import { deliverableChecks, deliverablePlatforms, isPlayedAsStereo } from '../../src/job/profile-outcome.ts';
import { parseTarget } from '../../src/master/targets.ts';

const figures = {
  integratedLufs: -18.3,
  momentaryMaxLufs: -12,
  shortTermMaxLufs: -14,
  loudnessRangeLu: 6,
  truePeakDbtp: -1.2,
  samplePeakDbfs: -1.5,
  momentaryMaxEndSec: 1,
  shortTermMaxEndSec: 3,
};
const planned = (name: string, measuredOn?: string) =>
  planTargets([parseTarget(name)], { channelOrder: 'wav', fold: {} }, [{ suffix: undefined, measuredOn }])
    .targets[0]!;

test('an immersive deliverable is checked on the layout that it was measured on', () => {
  const common = { profiles: [getProfile('umg-atmos')], sampleRateHz: 48000, bitDepth: 24, figures };
  const reRender = { ...figures, integratedLufs: -17.9 };
  const checks = deliverableChecks({ ...common, planned: planned('7.1.4', '5.1'), reRender });
  expect(checks.find(({ rule }) => /at most -18/.test(rule))).toMatchObject({
    measured: -17.9,
    result: 'fail',
  });
  expect(checks[0]).toMatchObject({ rule: expect.stringMatching(/^layout/), result: 'pass' });
  expect(deliverableChecks({ ...common, planned: planned('ambix1'), reRender: undefined })).toEqual([]);
});

test('services and codecs play mono, stereo and binaural', () => {
  const names = ['stereo', 'binaural', '0+2+0', 'mono', '5.1', 'ambix1'];
  expect(names.filter((name) => isPlayedAsStereo(planned(name)))).toEqual(names.slice(0, 4));
  expect(deliverablePlatforms(planned('binaural'), figures).length).toBeGreaterThan(5);
  expect(deliverablePlatforms(planned('5.1'), figures)).toEqual([]);
});
