import { expect, test } from 'vitest';
import {
  entryFaults,
  isActive,
  parseEntries,
  sceneSchema,
} from '../../../src/master/scene-stage/entry-schema.ts';
import { schemaIssues } from '../../../src/scene/document-issues.ts';

test('what an entry leaves out is filled in; its id is its type and place', () => {
  expect(
    parseEntries([
      { type: 'gain', gainDb: 3 },
      {
        type: 'balance',
        id: 'tilt',
        group: ['beds', 'objects'],
        amount: 0.5,
        bypass: true,
        note: 'why',
        heightDb: -1,
      },
      { type: 'gain', gainDb: -1 },
    ]),
  ).toEqual([
    {
      type: 'gain',
      id: 'gain1',
      group: 'all',
      amount: 1,
      bypass: false,
      note: undefined,
      parameters: { gainDb: 3 },
    },
    {
      type: 'balance',
      id: 'tilt',
      group: ['beds', 'objects'],
      amount: 0.5,
      bypass: true,
      note: 'why',
      parameters: { heightDb: -1 },
    },
    {
      type: 'gain',
      id: 'gain3',
      group: 'all',
      amount: 1,
      bypass: false,
      note: undefined,
      parameters: { gainDb: -1 },
    },
  ]);
});

test('a limiter works on the LFE too, unless its group leaves it out', () => {
  const limiter = { type: 'limiter', ceilingDbtp: -1 };
  expect(parseEntries([limiter, { ...limiter, group: 'all' }]).map(({ group }) => group)).toEqual([
    ['all', 'lfe'],
    'all',
  ]);
});

test('unknown keys, types and values out of range are faults', () => {
  const faults = schemaIssues(sceneSchema, [
    { type: 'gain', gainDb: 25, amuont: 1 },
    { type: 'gian', gainDb: 3 },
    { type: 'gain', id: 'a b', amount: -1, gainDb: 0 },
  ]);
  expect(faults.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    '[0].gainDb: found 25; allowed: 24 or less',
    '[0].amuont: unknown key "amuont"; did you mean "amount"?',
    expect.stringMatching(/^\[1\].type: found "gian"; allowed: "gain".*did you mean "gain"/),
    expect.stringContaining('[2].id: is not an id'),
    '[2].amount: found -1; allowed: 0 or more',
  ]);
});

test('ids are unique, the default ones included, and groups have an end', () => {
  const endless: { not?: unknown } = {};
  endless.not = [endless];
  const codes = (scene: unknown) => entryFaults(scene).map(({ code, path }) => [code, path]);
  expect(
    codes([{ type: 'gain' }, { type: 'gain', id: 'gain1' }, { type: 'gain', id: 'gain4' }, { type: 'gain' }]),
  ).toEqual([
    ['repeated-id', 'scene[1].id'],
    ['repeated-id', 'scene[3]'],
  ]);
  expect(codes([{ type: 'gain', group: endless }])).toEqual([['deep-group', 'scene[0].group']]);
  expect(codes([null, 3, { type: 'gain', group: { not: ['front'] } }])).toEqual([]);
  expect(codes('no list')).toEqual([]);
});

test('amount 0 and bypass do nothing', () => {
  expect(isActive({ amount: 0.1, bypass: false })).toBe(true);
  expect(isActive({ amount: 0, bypass: false })).toBe(false);
  expect(isActive({ amount: 1, bypass: true })).toBe(false);
});
