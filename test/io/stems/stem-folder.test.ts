import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStemFolder, throwStemIssues } from '../../../src/io/stems/stem-folder.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'periphon-')));
  mkdirSync(join(root, 'scene', 'stems'), { recursive: true });
  writeFileSync(join(root, 'scene', 'stems', 'a.wav'), '');
  writeFileSync(join(root, 'scene', '..dots.wav'), '');
  writeFileSync(join(root, 'out.wav'), '');
  symlinkSync(root, join(root, 'scene', 'up'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const sceneFile = () => join(root, 'scene', 'x.scene.json');

test('files are found inside the folder, links followed', async () => {
  const folder = await openStemFolder(sceneFile(), false);
  const find = async (file: string) => {
    const found = await folder.find({ file, path: 'p' });
    return typeof found === 'string' ? found : found.code;
  };
  expect(await find('stems/a.wav')).toBe(join(root, 'scene', 'stems', 'a.wav'));
  expect(await find('up/scene/stems/a.wav')).toBe(join(root, 'scene', 'stems', 'a.wav'));
  expect(await find('..dots.wav')).toBe(join(root, 'scene', '..dots.wav'));
  expect(await find('up/out.wav')).toBe('stem-outside');
  expect(await find('../out.wav')).toBe('stem-outside');
  expect(await find('../none.wav')).toBe('stem-outside');
  expect(await find('stems/b.wav')).toBe('stem-missing');
  expect(await folder.list('stems')).toEqual(['a.wav']);
  expect(await folder.list('nowhere')).toEqual([]);
});

test('outside files may be allowed', async () => {
  const folder = await openStemFolder(sceneFile(), true);
  expect(await folder.find({ file: '../out.wav', path: 'p' })).toBe(join(root, 'out.wav'));
});

test('faults are thrown together', () => {
  expect(() => throwStemIssues([], 'x')).not.toThrow();
  const issues = ['a', 'b'].map((path) => ({ code: 'stem-missing', path, message: 'gone' }));
  expect(() => throwStemIssues(issues, 'x')).toThrow(
    '2 files of the scene cannot serve:\n  a: gone\n  b: gone',
  );
});
