import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { realpathSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createNotesFile, notesName, receiveNotes } from '../../../src/audition/server/notes-file.ts';
import { maxNotesBytes } from '../../../src/audition/protocol/notes.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';

const note = (id: string) => ({ id, timeSec: 1, text: 'hm', createdAt: '2026-01-02T03:04:05.000Z' });
const request = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  Object.assign(Readable.from([Buffer.from(body)]), { headers }) as unknown as IncomingMessage;

test('notes survive, and nothing else is left in the folder', async () => {
  const folder = realpathSync(temporaryFolder());
  const notes = createNotesFile(folder);
  expect(await notes.read()).toEqual({ version: 1, notes: [] });
  await Promise.all([
    notes.write({ version: 1, notes: [note('a')] }),
    notes.write({ version: 1, notes: [note('b')] }),
  ]);
  expect(await createNotesFile(folder).read()).toEqual({ version: 1, notes: [note('b')] });
  expect(readdirSync(folder)).toEqual([notesName]);
});

test('what is not ours is neither read nor written over', async () => {
  const folder = realpathSync(temporaryFolder());
  const file = join(folder, notesName);
  writeFileSync(file, '{"shopping":["milk"]}');
  const notes = createNotesFile(folder);
  await expect(notes.read()).rejects.toMatchObject({ status: 409 });
  await expect(notes.write({ version: 1, notes: [] })).rejects.toMatchObject({ status: 409 });
  expect(readFileSync(file, 'utf8')).toContain('milk');
});

test('a link out of the folder is not followed', async () => {
  const outside = join(temporaryFolder(), 'x.json');
  writeFileSync(outside, '{"version":1,"notes":[]}');
  const folder = realpathSync(temporaryFolder());
  symlinkSync(outside, join(folder, notesName));
  await expect(createNotesFile(folder).read()).rejects.toMatchObject({ status: 409 });
});

test('takes notes of the right form and size alone', async () => {
  const document = { version: 1, notes: [note('a')] };
  expect(await receiveNotes(request(JSON.stringify(document)))).toEqual(document);
  const status = (sent: IncomingMessage): Promise<unknown> =>
    receiveNotes(sent).then(
      () => 200,
      (error: { status: number }) => error.status,
    );
  expect(await status(request('{}', { 'content-type': 'text/plain' }))).toBe(415);
  expect(await status(request('{'))).toBe(400);
  expect(await status(request('{}'))).toBe(400);
  expect(await status(request(' '.repeat(maxNotesBytes + 1)))).toBe(413);
  const headers = { 'content-type': 'application/json', 'content-length': String(maxNotesBytes + 1) };
  expect(await status(request('{}', headers))).toBe(413);
});
