import { expect, test } from 'vitest';
import type { LeveledScene } from '../../src/job/level-scenes.ts';
import { sceneLoudnessReport } from '../../src/job/scene-file-report.ts';
import { resolveSceneLoudness } from '../../src/master/scene-loudness.ts';

const settings = resolveSceneLoudness();
const traceFile = 'song.adm.limiter.csv';
const figures = (integratedLufs: number) => ({
  ...{ integratedLufs, shortTermMaxLufs: -12, loudnessRangeLu: 4, truePeakDbtp: -1.1, samplePeakDbfs: -2 },
  ...{ momentaryMaxLufs: -10, momentaryMaxEndSec: 1, shortTermMaxEndSec: 3 },
});

test('before anything is made it says what is asked', () => {
  expect(sceneLoudnessReport(settings, undefined, { traceFile, album: undefined })).toMatchObject({
    ...{ on: ['5.1'], loudnessRule: 'at-most', loudnessTargetLufs: -18, ceilingDbtp: -1 },
    ...{ status: 'met', passCount: 0, gainDb: 0, missedByLu: 0, renders: [] },
    limiter: { lookaheadMs: 5, maxReductionDb: 0, meanReductionDb: 0, traceFile: undefined },
  });
});

test('afterwards it says what was done and measured; silence misses nothing', () => {
  const leveled = {
    solution: {
      ...{ status: 'silent', gainDb: 2, passCount: 1, missedByLu: Infinity },
      result: { integratedLufs: -18.05, truePeakDbtp: -1.1, maxReductionDb: 3 },
    },
    limiter: { groups: [{ name: 'all' }], traceDb: [] },
    reductions: [
      { maxReductionDb: 3, meanReductionDb: 0.2 },
      { maxReductionDb: 1, meanReductionDb: 0.1 },
    ],
    renders: [{ name: '5.1', before: figures(-20), after: figures(-18.05) }],
  } as unknown as LeveledScene;
  const report = sceneLoudnessReport(settings, leveled, {
    traceFile,
    album: { sceneCount: 2, measured: 'together' },
  });
  expect(report).toMatchObject({ status: 'silent', gainDb: 2, integratedLufs: -18.05, missedByLu: 0 });
  expect(report.album).toEqual({
    ...{ sceneCount: 2, measured: 'together', integratedLufs: -18.05, maxReductionDb: 3 },
  });
  expect(report.limiter).toEqual({
    ...settings.limiter,
    ...{ maxReductionDb: 3, meanReductionDb: 0.2, lfe: { maxReductionDb: 1, meanReductionDb: 0.1 } },
    traceFile,
  });
  expect(report.renders[0]!.after).toEqual({
    ...{ integratedLufs: -18.05, shortTermMaxLufs: -12, loudnessRangeLu: 4, truePeakDbtp: -1.1 },
  });
});
