import { expect, test } from 'vitest';
import { sceneLevelTexts } from '../../src/cli/scene-level-text.ts';
import type { SceneLoudnessReport } from '../../src/deliver/report.ts';

const figures = (integratedLufs: number, truePeakDbtp: number) => ({
  ...{ integratedLufs, truePeakDbtp, shortTermMaxLufs: -14, loudnessRangeLu: 5 },
});
const level: SceneLoudnessReport = {
  ...{ on: ['5.1'], loudnessRule: 'at-most', loudnessTargetLufs: -18, ceilingDbtp: -1 },
  ...{ status: 'met', passCount: 1, gainDb: -2.346, integratedLufs: -18.05, missedByLu: 0 },
  album: undefined,
  limiter: {
    ...{ lookaheadMs: 5, holdMs: 10, releaseMs: 60, maxReductionDb: 3.21, meanReductionDb: 0.08 },
    lfe: undefined,
    traceFile: undefined,
  },
  renders: [
    { name: '5.1', before: figures(-15.7, 1.2), after: figures(-18.05, -1.13) },
    { name: 'binaural', before: figures(-16, 2), after: figures(-18.4, -1.05) },
  ],
};
const textsOf = (loudness: SceneLoudnessReport | undefined) => sceneLevelTexts({ target: 'adm', loudness });

test('all renders before and after, the gain and how it was limited', () => {
  expect(textsOf(level).join('\n').split('\n')).toEqual([
    'adm on      LUFS   dBTP  LUFS before  dBTP before',
    '5.1       -18.05  -1.13       -15.70         1.20',
    'binaural  -18.40  -1.05       -16.00         2.00',
    'adm: -2.35 dB of gain on all tracks, 3.2 dB of reduction at most, 0.1 dB on average',
  ]);
});

test('of an album what all of its scenes came to', () => {
  const album = { sceneCount: 2, measured: 'together', integratedLufs: -18.02, maxReductionDb: 3 } as const;
  expect(textsOf({ ...level, album }).at(-1)).toBe('adm: album of 2 scenes, together -18.02 LUFS');
});

test('LFE channels that went lower by themselves', () => {
  const lfe = { maxReductionDb: 4.44, meanReductionDb: 0.31 };
  expect(textsOf({ ...level, limiter: { ...level.limiter, lfe } }).at(-1)).toBe(
    'adm: LFE channels 4.4 dB of reduction at most, 0.3 dB on average',
  );
});

test('what is missed, silence, and gain that is enough', () => {
  const limiter = { ...level.limiter, maxReductionDb: 0, meanReductionDb: 0 };
  expect(textsOf({ ...level, status: 'silent', limiter }).slice(1)).toEqual([
    'adm: -2.35 dB of gain on all tracks, no limiting',
    'adm: no loudness to bring anywhere: silent or under 0.4 s',
  ]);
  const missed = textsOf({ ...level, status: 'reduction-limited', missedByLu: 0.5 });
  expect(missed.at(-1)).toBe('adm: 0.50 LU below -18.0 LUFS: more would need over 3.2 dB of limiting');
});

test('a dry run says what is asked; without a level there is nothing to say', () => {
  expect(textsOf({ ...level, renders: [] })).toEqual(['adm: at most -18 LUFS on 5.1, renders below -1 dBTP']);
  expect(textsOf(undefined)).toEqual([]);
});
