import { expect, test } from 'vitest';
import { parseRecipe } from '../../../src/master/recipe.ts';
import { selectEntries } from '../../../src/master/scene-stage/select-entries.ts';

const entries = parseRecipe({
  version: 1,
  scene: [
    { type: 'gain', id: 'trim', gainDb: 1 },
    { type: 'gain', gainDb: 2 },
    { type: 'dc', bypass: true },
  ],
}).scene;
const bypassed = (selection: Parameters<typeof selectEntries>[1]) =>
  selectEntries(entries, selection)
    .filter(({ bypass }) => bypass)
    .map(({ id }) => id);

test('entries are left out or kept by id or type', () => {
  expect(bypassed({})).toEqual(['dc3']);
  expect(bypassed({ bypass: ['trim'] })).toEqual(['trim', 'dc3']);
  expect(bypassed({ bypass: ['gain'] })).toEqual(['trim', 'gain2', 'dc3']);
  expect(bypassed({ only: ['gain2', 'dc'] })).toEqual(['trim', 'dc3']);
  expect(bypassed({ only: ['gain'], bypass: ['trim'] })).toEqual(['trim', 'dc3']);
  expect(bypassed({ only: [] })).toEqual(['trim', 'gain2', 'dc3']);
});

test('a name of nothing is refused with those that there are', () => {
  expect(() => selectEntries(entries, { bypass: ['trimm'] })).toThrow(
    /no entry "trimm".*it has trim \(gain\), gain2 \(gain\), dc3 \(dc\)/,
  );
  expect(() => selectEntries([], { only: ['gain'] })).toThrow(/has nothing in its scene list/);
});
