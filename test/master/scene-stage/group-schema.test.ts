import { expect, test } from 'vitest';
import { groupNames, groupSchema } from '../../../src/master/scene-stage/group-schema.ts';
import { schemaIssues } from '../../../src/scene/document-issues.ts';

const faults = (group: unknown): string[] =>
  schemaIssues(groupSchema, group).map(({ path, message }) => `${path}: ${message}`);

test('names, queries, lists and complements are groups', () => {
  for (const name of groupNames) expect(faults(name)).toEqual([]);
  expect(faults({ names: ['Lead*'], kinds: ['object'], azimuthDeg: [110, -110], edgeDeg: 5 })).toEqual([]);
  expect(faults(['front', { channels: ['Ltf', 'U-045'], not: { not: ['lfe'] } }])).toEqual([]);
});

test('mistakes are named with what is allowed', () => {
  expect(faults('frnt')).toEqual([expect.stringContaining('did you mean "front"?')]);
  expect(faults({ name: ['x'] })).toEqual([
    expect.stringContaining('unknown key "name"; did you mean "names"?'),
  ]);
  expect(faults({})).toEqual([expect.stringContaining('says nothing; allowed: at least one of names')]);
  expect(faults({ edgeDeg: 5 })).toEqual([expect.stringContaining('says nothing')]);
  expect(faults([])).toEqual([expect.stringContaining('at least 1 entry')]);
  expect(faults({ elevationDeg: [30, 0] })).toEqual([expect.stringContaining('lower to the higher')]);
  expect(faults({ azimuthDeg: [0, 200] })).toEqual([
    expect.stringContaining('found 200; allowed: 180 or less'),
  ]);
  expect(faults({ names: ['a'], not: { kinds: ['objects'] } })).toEqual([
    expect.stringContaining('not.kinds[0]: found "objects"; allowed: "bed", "object", "ambisonic"'),
  ]);
});
