import { expect, test } from 'vitest';
import { explanationText, reductionTexts, sceneFileTexts } from '../../src/cli/recipe-text.ts';
import { resolveSceneLoudness } from '../../src/master/scene-loudness.ts';
import type { EntryExplanation } from '../../src/job/explain-recipe.ts';

const entry: EntryExplanation = {
  ...{ id: 'presence', type: 'eq', description: 'Parametric equaliser.', note: 'voice forward', amount: 0.5 },
  ...{
    kind: 'linear',
    idle: undefined,
    parameters: { bands: [{ type: 'bell', gainDb: 2 }], phase: 'linear' },
  },
  members: [
    { element: 'Main', channels: ['M+030', 'M-030'], leastWeight: 1, greatestWeight: 1 },
    { element: 'Pad', channels: undefined, leastWeight: 0.5, greatestWeight: 0.5 },
    { element: 'Fly', channels: undefined, leastWeight: 0, greatestWeight: 1 },
  ],
};
const explanation = { version: 1, recipe: 'r', scene: 's', targets: ['7.1.4', 'stereo'] } as const;
const textOf = (...sceneStage: EntryExplanation[]) =>
  explanationText({ ...explanation, sceneStage, sceneLoudness: undefined });

test('the level of the scene stands behind its effects', () => {
  const sceneLoudness = resolveSceneLoudness({ ceilingDbtp: -2 });
  expect(
    explanationText({ ...explanation, sceneStage: [], sceneLoudness })
      .split('\n')
      .slice(2, 5),
  ).toEqual([
    'the scene where it is written (adm, damf, stems): at most -18 LUFS on 5.1',
    '   one gain on all tracks, LFE included: nothing moves',
    '   at most -2 dBTP on 5.1, stereo, 7.1.4, binaural',
  ]);
});

test('an entry in words: what it does, with what, to which tracks, how much', () => {
  expect(textOf(entry)).toBe(`1. presence (eq): Parametric equaliser.
   note: voice forward
   bands:
     type bell, gainDb 2
   phase: linear
   amount: 50 %
   a filter; where all tracks have it and nothing moves, renders change as if they were filtered
   on Main: M+030 M-030
   on Pad, 50 %
   on Fly, 0 to 100 % as it moves

settings for 7.1.4, stereo`);
});

test('what is left out says why; no entries, no targets', () => {
  expect(textOf({ ...entry, idle: 'group', members: [] })).toContain(
    'no track of this scene is in its group',
  );
  expect(textOf()).toBe('nothing is done to the scene\n\nsettings for 7.1.4, stereo');
});

test('whole elements of one weight share a line, and so do the entries of short lists', () => {
  const whole = (element: string, weight = 1) => ({
    ...{ element, channels: undefined },
    ...{ leastWeight: weight, greatestWeight: weight },
  });
  const members = [whole('Lead'), entry.members[0]!, whole('Pad', 0.5), whole('Voice')];
  const text = textOf({ ...entry, parameters: { crossoversHz: [120, 2500] }, members });
  expect(text).toContain('   crossoversHz: 120, 2500\n');
  expect(text).toContain('   on Main: M+030 M-030\n   on Lead, Voice\n   on Pad, 50 %\n');
});

test('what did nothing is told in short, and of many only those that did most', () => {
  const reduction = (name: string, maxReductionDb: number) => ({ name, maxReductionDb, meanReductionDb: 0 });
  const lines = (...reductions: ReturnType<typeof reduction>[]) => reductionTexts([{ ...entry, reductions }]);
  expect(lines()).toEqual([]);
  expect(lines(reduction('a', 0), reduction('b', 0.01))).toEqual(['scene: presence: nothing to turn down']);
  expect(lines(reduction('a', 0), reduction('b', 1), reduction('c', 2))).toEqual([
    expect.stringContaining('presence, b: 1.0 dB'),
    expect.stringContaining('presence, c: 2.0 dB'),
  ]);
  const many = lines(...Array.from({ length: 12 }, (_, index) => reduction(`t${index}`, 1 + index)));
  expect(many).toHaveLength(9);
  expect(many[0]).toContain('t11: 12.0 dB');
  expect(many.at(-1)).toBe('scene: presence: less in 4 more, see the report');
});

test('reductions, a line each', () => {
  const reductions = [{ name: 'all', maxReductionDb: 3.21, meanReductionDb: 0.84 }];
  expect(reductionTexts([{ ...entry, id: 'glue', reductions }])).toEqual([
    'scene: glue, all: 3.2 dB of reduction at most, 0.8 dB on average',
  ]);
  expect(reductionTexts(undefined)).toEqual([]);
});

test('files of scenes, with their format where the target does not say it', () => {
  expect(
    sceneFileTexts([
      {
        target: 'adm',
        format: 'adm-dolby',
        files: [{ file: 'song.adm.wav', sha256: '' }],
        loudness: undefined,
      },
      {
        target: 'damf',
        format: 'damf',
        files: [
          { file: 'song.damf.atmos', sha256: '' },
          { file: 'song.damf.atmos.audio', sha256: '' },
        ],
        loudness: undefined,
      },
    ]),
  ).toEqual(['adm: song.adm.wav, adm-dolby', 'damf: song.damf.atmos']);
  expect(sceneFileTexts(undefined)).toEqual([]);
});
