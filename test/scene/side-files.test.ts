import { expect, test } from 'vitest';
import { bedLayout, isLayoutFile, sideFilesOf, sideFileText } from '../../src/scene/side-files.ts';

test('the files that a document needs are found, whatever else is wrong with it', () => {
  const document = {
    objects: [{ path: 'a.csv' }, { path: 'a.csv' }, { path: 3 }, null],
    beds: [{ layout: 'ring.JSON' }, { layout: '7.1.4' }, 'x'],
  };
  expect(sideFilesOf(document)).toEqual(['a.csv', 'ring.JSON']);
  expect([null, 3, { objects: 1 }].flatMap(sideFilesOf)).toEqual([]);
  expect(isLayoutFile('7.1.4')).toBe(false);
});

test('layouts are built in or read from their file', () => {
  expect(bedLayout('7.1.4', new Map()).name).toBe('4+7+0');
  expect(() => bedLayout('ring.json', new Map([['ring.json', '{']]))).toThrow(/line 1, column 2/);
  expect(() => bedLayout('ring.json', new Map([['ring.json', '{}']]))).toThrow(/ring\.json/);
  expect(() => sideFileText('a.csv', new Map())).toThrow(/there is no file "a.csv"/);
});
