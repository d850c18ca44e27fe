import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentTypeOf, fileResource } from '../../../src/audition/server/file-resource.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';

const folder = temporaryFolder();

test('gives the bytes that are asked for', async () => {
  const bytes = Buffer.from(Array.from({ length: 600_000 }, (_, n) => n % 251));
  const file = join(folder, 'a.wav');
  writeFileSync(file, bytes);
  const resource = await fileResource(file);
  expect(resource).toMatchObject({ sizeBytes: 600_000, contentType: 'audio/wav' });
  const pieces: Uint8Array[] = [];
  for await (const piece of resource.read(250_000, 599_999)) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(bytes.subarray(250_000))).toBe(true);
});

test('a link in the place of a file is not followed', async () => {
  const file = join(folder, 'b.wav');
  writeFileSync(file, 'b');
  const resource = await fileResource(file);
  unlinkSync(file);
  symlinkSync(join(folder, 'a.wav'), file);
  await expect(resource.read(0, 0).next()).rejects.toMatchObject({ status: 404 });
  await expect(fileResource(join(folder, 'none'))).rejects.toMatchObject({ status: 404 });
});

test('types by name', () => {
  expect(contentTypeOf('x/index.HTML')).toBe('text/html; charset=utf-8');
  expect(contentTypeOf('x.js')).toMatch(/^text\/javascript/);
  expect(contentTypeOf('x.unknown')).toBe('application/octet-stream');
});
