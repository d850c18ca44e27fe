import type { Note } from '../../protocol/session.ts';

/** Longest note that is kept. */
export const longestNoteChars = 2000;

const byTime = (a: Note, b: Note): number => a.timeSec - b.timeSec || (a.createdAt < b.createdAt ? -1 : 1);

const trimmed = (text: string): string => text.trim().slice(0, longestNoteChars);

/** Notes with one more, in order of time; as they were if the text is empty. */
export const withNote = (notes: readonly Note[], note: Note): readonly Note[] => {
  const text = trimmed(note.text);
  return text === '' ? notes : [...notes, { ...note, text }].sort(byTime);
};

/** Notes with another text in one of them; an empty text removes it. */
export const withNoteText = (notes: readonly Note[], id: string, newText: string): readonly Note[] => {
  const text = trimmed(newText);
  return text === ''
    ? withoutNote(notes, id)
    : notes.map((note) => (note.id === id ? { ...note, text } : note));
};

/** Notes without one of them. */
export const withoutNote = (notes: readonly Note[], id: string): readonly Note[] =>
  notes.filter((note) => note.id !== id);
