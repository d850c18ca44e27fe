import { expect, test } from 'vitest';
import type { Overview } from '../../../src/audition/protocol/session.ts';
import { createOverviewBook } from '../../../src/audition/server/overview-book.ts';
import { ConfigError } from '../../../src/base/errors.ts';

const noCache = { find: async () => undefined, keep: async () => undefined };
const overviewOf = (id: string, hrtfId: string) => ({ of: [id, hrtfId] }) as unknown as Overview;

/** A desk whose overviews end when they are told to. */
function slowDesk() {
  const started: string[] = [];
  const ends: (() => void)[] = [];
  return {
    started,
    endFirst: () => ends.shift()!(),
    overview: async (id: string, hrtfId: string, onProgress: (fraction: number) => void) => {
      started.push(`${id} ${hrtfId}`);
      onProgress(0.5);
      await new Promise<void>((resolve) => ends.push(resolve));
      return overviewOf(id, hrtfId);
    },
  };
}

test('makes one after the other, in the order of the first who asked, each once', async () => {
  const desk = slowDesk();
  const book = createOverviewBook(desk, noCache);
  expect(book.ask('a', 'h')).toEqual({ state: 'working', progress: 0 });
  book.ask('b', 'h');
  await expect.poll(() => desk.started).toEqual(['a h']);
  expect(book.ask('a', 'h')).toEqual({ state: 'working', progress: 0.5 });
  desk.endFirst();
  await expect.poll(() => desk.started).toEqual(['a h', 'b h']);
  expect(book.ask('a', 'h')).toEqual({ state: 'ready', overview: overviewOf('a', 'h') });
  desk.endFirst();
  await expect.poll(() => book.ask('b', 'h').state).toBe('ready');
});

test('what nobody asks for any more waits', async () => {
  const desk = slowDesk();
  let nowMs = 0;
  const book = createOverviewBook(desk, noCache, () => nowMs);
  for (const id of ['a', 'b']) book.ask(id, 'old');
  await expect.poll(() => desk.started).toEqual(['a old']);
  nowMs = 10_000;
  book.ask('a', 'new');
  desk.endFirst();
  await expect.poll(() => desk.started).toEqual(['a old', 'a new']);
  desk.endFirst();
  await expect.poll(() => desk.started).toEqual(['a old', 'a new', 'b old']);
});

test('looks into the cache before, and keeps after', async () => {
  const kept: unknown[] = [];
  const desk = { overview: async (id: string, hrtfId: string) => overviewOf(id, hrtfId) };
  const book = createOverviewBook(desk, {
    find: async (id) => (id === 'known' ? overviewOf('cached', '') : undefined),
    keep: async (...entry) => void kept.push(entry),
  });
  book.ask('known', 'h');
  book.ask('new', 'h');
  await expect
    .poll(() => book.ask('known', 'h'))
    .toEqual({ state: 'ready', overview: overviewOf('cached', '') });
  await expect.poll(() => kept).toEqual([['new', 'h', overviewOf('new', 'h')]]);
});

test('what has failed is tried again for those who ask later, more and more seldom', async () => {
  let nowMs = 0;
  let tries = 0;
  let isBroken = true;
  const desk = {
    overview: async (id: string, hrtfId: string) => {
      tries++;
      if (isBroken) throw new ConfigError('gone', 'the file has gone');
      return overviewOf(id, hrtfId);
    },
  };
  const book = createOverviewBook(desk, noCache, () => nowMs);
  const failed = { state: 'failed', message: 'the file has gone' };
  const askAt = (timeMs: number) => {
    nowMs = timeMs;
    return book.ask('a', 'h');
  };
  book.ask('a', 'h');
  await expect.poll(() => askAt(0)).toEqual(failed);
  expect(askAt(3999)).toEqual(failed);
  expect(tries).toBe(1);
  expect(askAt(4000)).toEqual(failed);
  expect(askAt(4000)).toEqual(failed);
  await expect.poll(() => tries).toBe(2);
  await new Promise((done) => setTimeout(done));
  expect(askAt(4000 + 7999)).toEqual(failed);
  expect(tries).toBe(2);
  isBroken = false;
  askAt(4000 + 8000);
  await expect.poll(() => book.ask('a', 'h')).toEqual({ state: 'ready', overview: overviewOf('a', 'h') });
  expect(tries).toBe(3);
});

test('says what went wrong, and goes on', async () => {
  const desk = {
    overview: async (id: string, hrtfId: string) => {
      if (id === 'a') throw new ConfigError('broken', 'a is broken');
      if (id === 'b') throw new TypeError('secret');
      return overviewOf(id, hrtfId);
    },
  };
  const book = createOverviewBook(desk, noCache);
  for (const id of ['a', 'b', 'c']) book.ask(id, 'h');
  await expect.poll(() => book.ask('c', 'h').state).toBe('ready');
  expect(book.ask('a', 'h')).toEqual({ state: 'failed', message: 'a is broken' });
  expect(book.ask('b', 'h')).toEqual({ state: 'failed', message: 'a fault of periphon itself' });
});
