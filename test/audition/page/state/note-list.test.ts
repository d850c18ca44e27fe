import { expect, test } from 'vitest';
import {
  longestNoteChars,
  withNote,
  withNoteText,
  withoutNote,
} from '../../../../src/audition/page/state/note-list.ts';
import type { Note } from '../../../../src/audition/protocol/session.ts';

const note = (id: string, timeSec: number, text = id): Note => ({
  id,
  timeSec,
  text,
  createdAt: '2026-01-01T00:00:00.000Z',
});

test('notes stand in order of time, empty ones are dropped, long ones cut', () => {
  const notes = withNote(withNote([], note('late', 9)), note('early', 2));
  expect(notes.map(({ id }) => id)).toEqual(['early', 'late']);
  expect(withNote(notes, note('empty', 3, '  \n'))).toBe(notes);
  expect(withNote([], note('long', 1, 'x'.repeat(3000)))[0]!.text).toHaveLength(longestNoteChars);
});

test('an edit changes one note, an empty text removes it', () => {
  const notes = [note('a', 1), note('b', 2)];
  expect(withNoteText(notes, 'b', ' new ')).toEqual([notes[0], note('b', 2, 'new')]);
  expect(withNoteText(notes, 'b', '')).toEqual([notes[0]]);
  expect(withoutNote(notes, 'a')).toEqual([notes[1]]);
});
