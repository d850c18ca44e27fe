import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { cachedHrtf, cacheFolder } from '../../../src/io/packed/hrtf-cache.ts';
import { toySet } from '../../hrtf/sets.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what was made is kept by its bytes, and a broken entry is made anew', async () => {
  const make = vi.fn(async () => toySet(30));
  const first = await cachedHrtf(Buffer.from('a'), make, folder);
  expect(await cachedHrtf(Buffer.from('a'), make, folder)).toEqual(first);
  expect(make).toHaveBeenCalledTimes(1);
  await cachedHrtf(Buffer.from('b'), make, folder);
  expect(make).toHaveBeenCalledTimes(2);
  const entries = readdirSync(join(folder, 'hrtf'));
  expect(entries).toHaveLength(2);
  for (const entry of entries) writeFileSync(join(folder, 'hrtf', entry), 'PHRTF 1\n and no more');
  expect(await cachedHrtf(Buffer.from('a'), make, folder)).toEqual(first);
  expect(make).toHaveBeenCalledTimes(3);
});

test('without a place to write, the set is made every time', async () => {
  const file = join(folder, 'a file');
  writeFileSync(file, '');
  const make = vi.fn(async () => toySet(30));
  await cachedHrtf(Buffer.from('a'), make, join(file, 'below'));
  await cachedHrtf(Buffer.from('a'), make, join(file, 'below'));
  expect(make).toHaveBeenCalledTimes(2);
});

test('the folder is that of the system unless one is named', () => {
  expect(cacheFolder({ PERIPHON_CACHE_DIR: '/x' })).toBe('/x');
  expect(cacheFolder({ XDG_CACHE_HOME: '/y' }, 'linux')).toBe(join('/y', 'periphon'));
  expect(cacheFolder({}, 'linux')).toMatch(/\.cache.periphon$/);
  expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.periphon$/);
  expect(cacheFolder({ LOCALAPPDATA: 'L' }, 'win32')).toBe(join('L', 'periphon', 'Cache'));
});
