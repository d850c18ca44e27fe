import type { Note, NotesDocument } from './session.ts';

/** Largest document of notes that a server takes. */
export const maxNotesBytes = 1_000_000;

/** Longest text of a note, in UTF-16 units, as a text field counts them. */
export const maxNoteCharacters = 2000;

/** Longest id of a note or a source. */
const maxIdCharacters = 100;

/** A document without notes. */
export const noNotes: NotesDocument = Object.freeze({ version: 1, notes: [] });

/** Notes as they were read, or what is wrong with them. */
export type ParsedNotes =
  | { readonly notes: NotesDocument; readonly fault?: undefined }
  | { readonly notes?: undefined; readonly fault: string };

/** Checks what JSON gave against the form of notes; members that are not known are left out. */
export function parseNotes(document: unknown): ParsedNotes {
  if (!isRecord(document)) return { fault: `notes are ${kindOf(document)}; an object is expected` };
  if (document.version !== 1)
    return { fault: `version is ${JSON.stringify(document.version)}; only 1 is known` };
  if (!Array.isArray(document.notes))
    return { fault: `notes is ${kindOf(document.notes)}; a list is expected` };
  const notes: Note[] = [];
  for (const [index, value] of (document.notes as unknown[]).entries()) {
    const fault = noteFault(value);
    if (fault !== undefined) return { fault: `notes[${index}]${fault}` };
    const { id, timeSec, sourceId, text, createdAt } = value as Note;
    notes.push({ id, timeSec, ...(sourceId === undefined ? {} : { sourceId }), text, createdAt });
  }
  const ids = notes.map(({ id }) => id);
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (repeated >= 0) return { fault: `notes[${repeated}].id is that of another note` };
  return { notes: { version: 1, notes } };
}

/** What is wrong with a note, beginning with its place in the note; undefined for nothing. */
function noteFault(value: unknown): string | undefined {
  if (!isRecord(value)) return ` is ${kindOf(value)}; an object is expected`;
  const { id, timeSec, sourceId, text, createdAt } = value;
  if (!isId(id)) return `.id: 1 to ${maxIdCharacters} characters are expected`;
  if (typeof timeSec !== 'number' || !Number.isFinite(timeSec) || timeSec < 0)
    return `.timeSec is ${JSON.stringify(timeSec)}; a number of seconds, 0 or more, is expected`;
  if (sourceId !== undefined && !isId(sourceId))
    return `.sourceId: 1 to ${maxIdCharacters} characters are expected`;
  if (typeof text !== 'string') return `.text is ${kindOf(text)}; a text is expected`;
  if (text.length > maxNoteCharacters)
    return `.text has ${text.length} characters; at most ${maxNoteCharacters} are allowed`;
  if (typeof createdAt !== 'string' || createdAt.length > maxIdCharacters || isNaN(Date.parse(createdAt)))
    return '.createdAt: a date and time (ISO 8601) is expected';
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= maxIdCharacters;

const kindOf = (value: unknown): string =>
  value === undefined
    ? 'missing'
    : value === null
      ? 'null'
      : Array.isArray(value)
        ? 'a list'
        : `a ${typeof value}`;
