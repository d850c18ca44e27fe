import { expect, test } from 'vitest';
import { getProfile } from '../../src/deliver/profiles.ts';
import { formatReport } from '../../src/deliver/report.ts';
import { masterReport, type MasterOutcome } from '../../src/job/master-report.ts';
import type { MasteredTarget } from '../../src/job/master-target.ts';
import { planTargets } from '../../src/job/plan.ts';
import { planEdit } from '../../src/master/programme-edit.ts';
import { parseRecipe, type Recipe } from '../../src/master/recipe.ts';
import { resolveTargetSettings } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';
import type { ProgrammeFigures } from '../../src/meter/measurement.ts';

const figures: ProgrammeFigures = {
  integratedLufs: -20,
  momentaryMaxLufs: -18,
  momentaryMaxEndSec: 0.5,
  shortTermMaxLufs: -19,
  shortTermMaxEndSec: 0.7,
  loudnessRangeLu: 3,
  truePeakDbtp: -4,
  samplePeakDbfs: -5,
};

/** Report of one target, as JSON tells it. */
function reportOf(
  name: string,
  parts: {
    rendered?: object;
    mastered?: object;
    reRender?: ProgrammeFigures;
    names?: object;
    album?: object;
    profiles?: readonly string[];
    recipe?: Recipe;
  },
) {
  const target = parseTarget(name);
  const [planned] = planTargets([target], { channelOrder: 'wav', fold: {} }).targets;
  const settings = resolveTargetSettings(target, parts.recipe);
  const report = masterReport({
    recipe: undefined,
    scene: 'song.scene.json',
    sampleRateHz: 48000,
    sceneStage: [],
    sceneFiles: [],
    targets: [
      {
        planned: planned!,
        settings,
        edit: planEdit(settings, 48_000, 48_000),
        names: { whole: `song.${name}.wav`, tracks: undefined, ...parts.names },
        rendered: parts.rendered as never,
        mastered: parts.mastered as MasteredTarget | undefined,
        profiles: (parts.profiles ?? []).map(getProfile),
        codecPreviews: undefined,
      },
    ],
    reRender: parts.reRender,
    album: parts.album as MasterOutcome['album'],
  });
  return JSON.parse(formatReport(report)).targets[0];
}

const solution = (status: string, gainDb: number, missedByLu = 0) => ({
  solution: { status, gainDb, missedByLu, result: { maxReductionDb: 1.5, integratedLufs: -18.05 } },
  maxReductionDb: 0.5,
  sha256: 'ab',
  truePeakDbtp: -1.2,
  samplePeakDbfs: -1.5,
});

test('what the limiter did to each group of loudspeakers', () => {
  const reduction = { maxReductionDb: 2, meanReductionDb: 0.25 };
  const limiter = {
    groups: [
      { name: 'front', channels: [0, 1, 2], ...reduction },
      { name: 'lfe', channels: [3], maxReductionDb: 0, meanReductionDb: 0 },
    ],
    traceDb: [new Float32Array(3), new Float32Array(3)],
  };
  const report = reportOf('5.1', { mastered: { ...solution('met', 3), limiter } });
  expect(report.limiter).toEqual({
    ...{ linkPercent: 50, lfeLinkPercent: 0, lookaheadMs: 5, holdMs: 10, releaseMs: 60 },
    groups: [
      { name: 'front', channels: ['M+030', 'M-030', 'M+000'], ...reduction },
      { name: 'lfe', channels: ['LFE1'], maxReductionDb: 0, meanReductionDb: 0 },
    ],
  });
  expect(reportOf('5.1', { mastered: solution('met', 3) })).not.toHaveProperty('limiter');
});

test('what was planned, where nothing was made yet', () => {
  expect(reportOf('7.1.4', {})).toMatchObject({
    target: '7.1.4',
    file: 'song.7.1.4.wav',
    loudnessTargetLufs: -18,
    loudnessRule: 'at-most',
    ceilingDbtp: -1,
    integratedLufs: null,
    truePeakDbtp: null,
    related: [],
    checks: [],
  });
});

test('what was applied, in samples of the deliverable', () => {
  expect(reportOf('stereo', {})).toMatchObject({
    durationSec: 1,
    applied: { eq: [], trimHeadSamples: 0, trimTailSamples: 0, dither: 'tpdf' },
  });
  const eq = [{ type: 'bell', frequencyHz: 3000, gainDb: -2, channels: ['M+030'] }];
  const recipe = parseRecipe({
    version: 1,
    targets: {
      stereo: {
        ...{ eq, dcRemoval: true, bitDepth: 32 },
        trimTail: { durationSec: 0.5 },
        fadeOut: { durationSamples: 480, curve: 'linear' },
      },
    },
  });
  const { durationSec, applied } = reportOf('stereo', { recipe });
  expect(durationSec).toBe(0.5);
  expect(applied).toEqual({
    ...{ dcRemovalHz: 2, eq, trimHeadSamples: 0, trimTailSamples: 24_000, dither: 'none' },
    fadeOut: { durationSamples: 480, curve: 'linear' },
  });
});

test('a bed stands beside its 5.1 re-render at the same gain', () => {
  const mastered = { ...solution('met', 2), loudness: { ...figures, integratedLufs: -18.05 } };
  expect(reportOf('7.1.4', { mastered, reRender: figures })).toMatchObject({
    integratedLufs: -18.05,
    momentaryMaxEndSec: 0.5,
    shortTermMaxEndSec: 0.7,
    truePeakDbtp: -1.2,
    plrDb: expect.closeTo(16.85, 9),
    gainDb: 2,
    maxReductionDb: 0.5,
    related: [{ name: '5.1 re-render', integratedLufs: -18, truePeakDbtp: -2, isBeforeLimiter: true }],
  });
});

test('ambisonics have the loudness of their first decode at their gain', () => {
  const rendered = { decodes: [{ name: '7.1.4 decode', figures }] };
  expect(reportOf('ambix1', { rendered, mastered: solution('met', -3) })).toMatchObject({
    integratedLufs: -23,
    shortTermMaxLufs: -22,
    loudnessRangeLu: 3,
    related: [{ name: '7.1.4 decode', integratedLufs: -23, truePeakDbtp: -7, isBeforeLimiter: true }],
  });
});

test('silence misses nothing', () => {
  expect(reportOf('stereo', { mastered: solution('silent', 0, Infinity) }).missedByLu).toBe(0);
  expect(reportOf('stereo', { mastered: solution('reduction-limited', 9, 1.2) }).missedByLu).toBe(1.2);
});

test('an album has figures of its own beside those of the scene', () => {
  const mastered = { ...solution('met', 2), loudness: figures };
  const report = reportOf('7.1.4', { mastered, album: { sceneCount: 3, measured: 'together' } });
  expect(report).toMatchObject({
    integratedLufs: -20,
    maxReductionDb: 0.5,
    album: { sceneCount: 3, measured: 'together', integratedLufs: -18.05, maxReductionDb: 1.5 },
  });
});

test('tracks take the place of the file', () => {
  const track = {
    number: 1,
    name: 'one',
    file: 'song.stereo.01-one.wav',
    startFrame: 24_000,
    frameCount: 4800,
  };
  const tracks = [{ sha256: 'cd', loudness: figures, truePeakDbtp: -2, samplePeakDbfs: -3 }];
  const names = { tracks: [track] };
  const report = reportOf('stereo', { names, mastered: { ...solution('met', 2), tracks } });
  expect(report).toMatchObject({ file: '', truePeakDbtp: -1.2 });
  expect(report.tracks).toEqual([
    {
      ...{ number: 1, name: 'one', file: 'song.stereo.01-one.wav', sha256: 'cd' },
      ...{ startSamples: 24_000, lengthSamples: 4800, startSec: 0.5, durationSec: 0.1 },
      ...{ ...figures, truePeakDbtp: -2, samplePeakDbfs: -3, plrDb: 18 },
    },
  ]);
  expect(reportOf('stereo', { names }).tracks[0]).toMatchObject({ sha256: '', integratedLufs: null });
});

test('a stereo file has the checks of its profiles, and what services do to it', () => {
  const mastered = { ...solution('met', 2), loudness: { ...figures, integratedLufs: -14 } };
  const report = reportOf('stereo', { mastered, profiles: ['spotify', 'ebu-r128'] });
  expect(report.profiles).toEqual(['spotify', 'ebu-r128']);
  const loudness = report.checks.filter(({ rule }: { rule: string }) => rule.startsWith('integrated'));
  expect(loudness.map(({ result }: { result: string }) => result)).toEqual(['pass', 'fail']);
  const gains = report.platforms.map(({ gainDb }: { gainDb: number }) => gainDb);
  expect(gains.slice(0, 3)).toEqual([0, 3, -5]);
  expect(reportOf('stereo', { profiles: ['spotify'] })).toMatchObject({ checks: [], platforms: [] });
  expect(reportOf('7.1.4', { mastered })).toMatchObject({ profiles: [], checks: [], platforms: [] });
});

test('a bed that is measured on 5.1 stands beside its own re-render, after its limiter', () => {
  const reRender = { ...figures, integratedLufs: -18.02, truePeakDbtp: -1.5 };
  const mastered = { ...solution('met', 2), loudness: figures, reRender };
  expect(reportOf('7.1.4', { mastered, reRender: figures }).related).toEqual([
    { name: '5.1 re-render', integratedLufs: -18.02, truePeakDbtp: -1.5, isBeforeLimiter: false },
  ]);
});
