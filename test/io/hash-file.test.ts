import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createHashListener, hashFile } from '../../src/io/hash-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon hash '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([0, 3, 1 << 20, (1 << 20) + 1])('the hash of %i bytes', async (byteCount) => {
  const bytes = Uint8Array.from({ length: byteCount }, (_, index) => index % 251);
  const file = join(folder, String(byteCount));
  writeFileSync(file, bytes);
  const fractions: number[] = [];
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await hashFile(file, undefined, (fraction) => fractions.push(fraction))).toEqual({
    sha256,
    bytes: byteCount,
  });
  expect(fractions.at(-1)).toBe(1);
});

test('a file that is heard while it is written', () => {
  const listener = createHashListener(2);
  listener.hear(Uint8Array.of(97));
  listener.hear(Uint8Array.of(98, 99));
  // FIPS 180-2, appendix B.1: "abc".
  expect(listener.sha256()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('no file, and a job that is stopped', async () => {
  await expect(hashFile(join(folder, 'none'))).rejects.toThrow(/no such file/);
  await expect(hashFile(join(folder, '3'), { aborted: true })).rejects.toMatchObject({ code: 'aborted' });
});
