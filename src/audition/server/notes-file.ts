import type { IncomingMessage } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatJson } from '../../deliver/report.ts';
import { writeFileAtomically } from '../../io/atomic-file.ts';
import { maxNotesBytes, noNotes, parseNotes } from '../protocol/notes.ts';
import type { NotesDocument } from '../protocol/session.ts';
import { RequestError } from './answers.ts';
import { pathInFolder } from './list-folder.ts';

/** Name of the notes beside the deliverables. */
export const notesName = 'audition-notes.json';

/** The notes of a folder. */
export interface NotesFile {
  /** Without a file there are none. @throws RequestError 409 where a file of that name holds no notes */
  read(): Promise<NotesDocument>;
  /** Replaces all. @throws RequestError 409; OutputError where it cannot be written */
  write(notes: NotesDocument): Promise<void>;
}

/** Keeps the notes of a folder. @param folder real path */
export function createNotesFile(folder: string): NotesFile {
  const file = join(folder, notesName);
  let last: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<NotesDocument> => {
    const path = await pathInFolder(folder, notesName);
    if (path === undefined) {
      if (await exists(file)) throw foreign();
      return noNotes;
    }
    const { size } = await stat(path);
    const { notes } = size > maxNotesBytes ? {} : parseNotes(parsedOrNothing(await readFile(path, 'utf8')));
    if (!notes) throw foreign();
    return notes;
  };
  return {
    read,
    write(notes) {
      const writing = last.then(async () => {
        // What is not ours is not written over.
        await read();
        await writeFileAtomically(file, formatJson(notes), { overwrite: true });
      });
      last = writing.catch(() => undefined);
      return writing;
    },
  };
}

const foreign = (): RequestError =>
  new RequestError(409, 'notes-foreign', `${notesName} holds no notes of periphon; move it away`);

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads the notes that a request carries.
 * @throws RequestError 415 for another type, 413 above `maxNotesBytes`, 400 where they are not of the form of notes
 */
export async function receiveNotes(request: IncomingMessage): Promise<NotesDocument> {
  if (!/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new RequestError(415, 'notes-type', 'notes come as application/json');
  const { notes, fault } = parseNotes(parsedOrNothing(await receiveText(request)));
  if (notes) return notes;
  throw new RequestError(400, 'notes-invalid', fault);
}

async function receiveText(request: IncomingMessage): Promise<string> {
  // What is left of the request is not read: the connection ends with the answer.
  const tooLarge = (): RequestError =>
    new RequestError(413, 'notes-too-large', `notes have at most ${maxNotesBytes} bytes`, {
      Connection: 'close',
    });
  if (Number(request.headers['content-length'] ?? 0) > maxNotesBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    sizeBytes += piece.length;
    if (sizeBytes > maxNotesBytes) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
