import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNotesStore } from '../../../../src/audition/page/state/notes-store.ts';
import type { Note, NotesDocument } from '../../../../src/audition/protocol/session.ts';

const note = (id: string, timeSec: number): Note => ({ id, timeSec, text: id, createdAt: '2026-01-01' });
const idsOf = (notes: readonly Note[]): string[] => notes.map(({ id }) => id);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('edits in quick succession are saved once, a moment later', async () => {
  const saved: NotesDocument[] = [];
  const store = createNotesStore({
    load: async () => ({ version: 1, notes: [note('old', 5)] }),
    save: async (document) => void saved.push(document),
  });
  expect(store.save.value.is).toBe('loading');
  await vi.advanceTimersByTimeAsync(0);
  expect(store.save.value.is).toBe('saved');
  store.add(note('new', 2));
  store.edit('old', 'changed');
  expect(store.save.value.is).toBe('waiting');
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved).toHaveLength(1);
  expect(saved[0]!.notes.map(({ text }) => text)).toEqual(['new', 'changed']);
  expect(store.save.value.is).toBe('saved');
});

test('what could not be saved is said, kept, and tried again', async () => {
  let isBroken = true;
  const saved: NotesDocument[] = [];
  const store = createNotesStore({
    load: async () => ({ version: 1, notes: [] }),
    save: async (document) => {
      if (isBroken) throw new Error('The disk is full.');
      saved.push(document);
    },
  });
  await vi.advanceTimersByTimeAsync(0);
  store.add(note('a', 1));
  await vi.advanceTimersByTimeAsync(2000);
  expect(store.save.value).toEqual({ is: 'failed', message: 'The disk is full.' });
  expect(idsOf(store.notes.value)).toEqual(['a']);
  isBroken = false;
  await store.flush();
  expect(store.save.value.is).toBe('saved');
  expect(idsOf(saved[0]!.notes)).toEqual(['a']);
});

test('notes that were not read are not written over', async () => {
  let isBroken = true;
  const saved: NotesDocument[] = [];
  const store = createNotesStore({
    load: async () => {
      if (isBroken) throw new Error('No answer.');
      return { version: 1, notes: [note('old', 9)] };
    },
    save: async (document) => void saved.push(document),
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(store.save.value.is).toBe('failed');
  store.add(note('new', 1));
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved).toEqual([]);
  isBroken = false;
  await store.flush();
  expect(idsOf(store.notes.value)).toEqual(['new', 'old']);
  expect(idsOf(saved[0]!.notes)).toEqual(['new', 'old']);
});
