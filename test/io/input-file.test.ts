import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileIdentity, openInputFile, readPieces, toInputError } from '../../src/io/input-file.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-input-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('reads by position and stops at the end', async () => {
  const file = join(dir, 'a');
  writeFileSync(file, '0123456789');
  const input = await openInputFile(file);
  expect(input.sizeBytes).toBe(10);
  expect(Buffer.from(await input.readBytes(3, 4)).toString()).toBe('3456');
  expect(Buffer.from(await input.readBytes(8, 4)).toString()).toBe('89');
  expect(await input.readBytes(20, 4)).toHaveLength(0);
  const target = new Uint8Array(6);
  expect(await input.readInto(target, 7)).toBe(3);
  const pieces: string[] = [];
  for await (const piece of readPieces(input, 6, 100)) pieces.push(Buffer.from(piece).toString());
  expect(pieces.join('')).toBe('6789');
  await input.close();
});

test('a missing file, a folder and a device are no input', async () => {
  await expect(openInputFile(join(dir, 'none'))).rejects.toMatchObject({
    name: 'FormatError',
    code: 'file-missing',
  });
  await expect(openInputFile(dir)).rejects.toMatchObject({ code: 'file-unreadable' });
  if (process.platform !== 'win32') {
    await expect(openInputFile('/dev/null')).rejects.toMatchObject({ code: 'file-unreadable' });
  }
});

test('system errors keep their cause', () => {
  const cause = Object.assign(new Error('x'), { code: 'EACCES' });
  expect(toInputError(cause, 'stem.wav')).toMatchObject({ code: 'file-unreadable', file: 'stem.wav', cause });
});

test('a file is the same by any of its names, and no other', async () => {
  const [file, other] = ['same', 'other'].map((name) => join(dir, name));
  writeFileSync(file!, 'x');
  writeFileSync(other!, 'x');
  linkSync(file!, join(dir, 'linked'));
  const identity = await fileIdentity(file!);
  expect(await fileIdentity(join(dir, 'linked'))).toBe(identity);
  expect(await fileIdentity(other!)).not.toBe(identity);
  expect(await fileIdentity(join(dir, 'none such'))).toBeUndefined();
});
