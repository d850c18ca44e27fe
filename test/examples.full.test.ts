import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const makeStems = resolve(import.meta.dirname, '../examples/master-stems/make-stems.mjs');

/** Makes the stems in a folder of their own and returns the hash of each file. */
function hashesOfNewStems(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-stems-'));
  try {
    execFileSync(process.execPath, [makeStems, folder], { stdio: 'pipe' });
    const hash = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
    return Object.fromEntries(readdirSync(folder).map((name) => [name, hash(name)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('the stems of the song come out the same on every run', { timeout: 180_000 }, () => {
  const first = hashesOfNewStems();
  expect(Object.keys(first)).toHaveLength(13);
  expect(hashesOfNewStems()).toEqual(first);
});
