import { expect, test } from 'vitest';
import { maxNoteCharacters, noNotes, parseNotes } from '../../../src/audition/protocol/notes.ts';

const note = { id: 'a', timeSec: 1.5, text: 'too loud', createdAt: '2026-01-02T03:04:05.000Z' };
const withNote = (changes: object): unknown => ({ version: 1, notes: [{ ...note, ...changes }] });

test('takes notes, and leaves out what it does not know', () => {
  expect(parseNotes(noNotes)).toEqual({ notes: { version: 1, notes: [] } });
  expect(parseNotes(withNote({ sourceId: '7.1.4', colour: 'red' }))).toEqual({
    notes: { version: 1, notes: [{ ...note, sourceId: '7.1.4' }] },
  });
  expect(parseNotes(withNote({ text: 'x'.repeat(maxNoteCharacters) })).fault).toBeUndefined();
});

test.each([
  [null, 'notes are null'],
  [[], 'notes are a list'],
  [{ notes: [] }, 'version is undefined'],
  [{ version: 2, notes: [] }, 'version is 2'],
  [{ version: 1 }, 'notes is missing'],
  [{ version: 1, notes: [7] }, 'notes[0] is a number'],
  [withNote({ id: '' }), 'notes[0].id'],
  [withNote({ timeSec: -1 }), 'notes[0].timeSec is -1'],
  [withNote({ timeSec: null }), 'notes[0].timeSec is null'],
  [withNote({ sourceId: 5 }), 'notes[0].sourceId'],
  [withNote({ text: 'x'.repeat(2001) }), 'notes[0].text has 2001 characters; at most 2000'],
  [withNote({ text: 5 }), 'notes[0].text is a number'],
  [withNote({ createdAt: 'yesterday' }), 'notes[0].createdAt'],
  [{ version: 1, notes: [note, note] }, 'notes[1].id'],
])('says what is wrong with %j', (document, fault) => {
  expect(parseNotes(document).fault).toContain(fault);
});
