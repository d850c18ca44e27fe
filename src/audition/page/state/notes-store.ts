import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Note, NotesDocument } from '../../protocol/session.ts';
import { withNote, withNoteText, withoutNote } from './note-list.ts';

/** Whether the notes on the screen are the notes in the folder. */
export type SaveState =
  | { readonly is: 'loading' | 'saved' | 'waiting' | 'saving' }
  | { readonly is: 'failed'; readonly message: string };

/** Notes, and where they are kept. */
export interface NotesStore {
  readonly notes: ReadonlySignal<readonly Note[]>;
  readonly save: ReadonlySignal<SaveState>;
  add(note: Note): void;
  edit(id: string, text: string): void;
  remove(id: string): void;
  /** Saves at once what waits; also tries again what failed. */
  flush(): Promise<void>;
}

/** How long an edit waits for the next one before it is saved. */
const saveDelayMs = 600;

/** How notes reach the server. Both throw an error whose message is fit for the listener. */
export interface NotesTransport {
  load(): Promise<NotesDocument>;
  save(document: NotesDocument): Promise<void>;
}

/** A store that reads the notes at once, and writes them a moment after each edit. Nothing is written over unread. */
export const createNotesStore = (transport: NotesTransport): NotesStore => {
  const notes = signal<readonly Note[]>([]);
  const save = signal<SaveState>({ is: 'loading' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  let isLoaded = false;
  const fail = (error: unknown): void => {
    save.value = { is: 'failed', message: error instanceof Error ? error.message : String(error) };
  };
  const load = async (): Promise<void> => {
    const stored = (await transport.load()).notes;
    isLoaded = true;
    // What was written before the answer came is added to what was stored.
    const isNew = notes.value.length > 0;
    notes.value = notes.value.reduce(withNote, stored);
    save.value = { is: 'saved' };
    if (isNew) await write();
  };
  const write = async (): Promise<void> => {
    const document: NotesDocument = { version: 1, notes: notes.value };
    save.value = { is: 'saving' };
    await transport.save(document);
    save.value = { is: document.notes === notes.value ? 'saved' : 'waiting' };
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    running = running.then(() => (isLoaded ? write() : load())).catch(fail);
    return running;
  };
  const change = (next: readonly Note[]): void => {
    if (next === notes.value) return;
    notes.value = next;
    if (save.value.is !== 'loading') save.value = { is: 'waiting' };
    clearTimeout(timer);
    if (isLoaded) timer = setTimeout(() => void flush(), saveDelayMs);
  };
  running = load().catch(fail);
  return {
    notes,
    save,
    add: (note) => change(withNote(notes.value, note)),
    edit: (id, text) => change(withNoteText(notes.value, id, text)),
    remove: (id) => change(withoutNote(notes.value, id)),
    flush,
  };
};
