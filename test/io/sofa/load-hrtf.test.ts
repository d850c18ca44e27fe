import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatPackedHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { loadHrtfFile } from '../../../src/io/sofa/load-hrtf.ts';
import { sofaBytes, toySofa } from './sofa-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-hrtf-'));
const sofa = join(folder, 'head.sofa');

beforeAll(async () => {
  process.env.PERIPHON_CACHE_DIR = join(folder, 'cache');
  writeFileSync(sofa, await sofaBytes(toySofa()));
});
afterAll(() => {
  delete process.env.PERIPHON_CACHE_DIR;
  rmSync(folder, { recursive: true });
});

test('a SOFA file is prepared once; from the cache it is the same to the bit', async () => {
  const first = await loadHrtfFile(sofa);
  expect(readdirSync(join(folder, 'cache', 'hrtf'))).toHaveLength(1);
  expect(await loadHrtfFile(sofa)).toEqual(first);
});

test('a packed file is read as it is', async () => {
  const set = await loadHrtfFile(sofa);
  const packed = join(folder, 'head.phrtf');
  writeFileSync(packed, formatPackedHrtf(set));
  expect((await loadHrtfFile(packed)).directionsDeg).toEqual(set.directionsDeg);
});

test('no such file', async () => {
  await expect(loadHrtfFile(join(folder, 'none.sofa'))).rejects.toMatchObject({ code: 'file-missing' });
});
