import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInside, listFolder, pathInFolder } from '../../../src/audition/server/list-folder.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';

const root = temporaryFolder();
const folder = join(root, 'delivery');
mkdirSync(join(folder, 'sub'), { recursive: true });
writeFileSync(join(root, 'secret.wav'), 'secret');
writeFileSync(join(folder, 'a.wav'), 'a');
writeFileSync(join(folder, '.hidden'), 'a');
writeFileSync(join(folder, 'sub', 'c.wav'), 'c');
symlinkSync(join(root, 'secret.wav'), join(folder, 'out.wav'));
symlinkSync('a.wav', join(folder, 'within.wav'));
symlinkSync('nowhere', join(folder, 'broken.wav'));

test('lists regular files, and links that stay within', async () => {
  expect((await listFolder(folder)).names).toEqual(['a.wav', 'within.wav']);
});

test('a link that leads out is no file, nor is what is no name', async () => {
  const { path } = await listFolder(folder);
  expect(await pathInFolder(path, 'within.wav')).toBe(join(path, 'a.wav'));
  for (const name of ['out.wav', 'broken.wav', '../secret.wav', 'sub/c.wav', 'sub', '..', '', 'a.wav\0'])
    expect(await pathInFolder(path, name), name).toBeUndefined();
});

test('inside is below', () => {
  expect(isInside('/a/b', '/a/b/c')).toBe(true);
  expect(isInside('/a/b', '/a/b/..c')).toBe(true);
  for (const path of ['/a/b', '/a', '/a/bc', '/a/b/../c', '/']) expect(isInside('/a/b', path)).toBe(false);
});

test('says what is no folder', async () => {
  await expect(listFolder(join(folder, 'a.wav'))).rejects.toMatchObject({ code: 'not-a-folder' });
  await expect(listFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-missing' });
});
