import { PeriphonError } from '../../base/errors.ts';
import type { Overview, OverviewAnswer } from '../protocol/session.ts';
import type { AudioDesk } from './audio-desk.ts';
import type { OverviewCache } from './overview-cache.ts';

/** Overviews of a session: those that are there, and those that are being made. */
export interface OverviewBook {
  /** The overview of a source through a set, or how far it is; the first to ask has it made. */
  ask(sourceId: string, hrtfId: string): OverviewAnswer;
}

/** An overview that is wanted. */
interface Entry {
  readonly sourceId: string;
  readonly hrtfId: string;
  answer: OverviewAnswer;
  /** When it was last asked for. */
  askedMs: number;
  failureCount: number;
  /** When it may be tried again; never where it has not failed. */
  retryAtMs: number;
}

/** Who has not asked for so long has lost interest. */
const patienceMs = 5000;

/** So long after its first failure an overview is tried again, after each further one twice as late as before. */
const retryMs = 4000;

/**
 * Makes overviews one after the other, in the order in which they were asked for first; what nobody asks for any more
 * waits for the others. What has failed is tried again for those who ask later: a file may have come back.
 * @param clockMs gives the time; for tests
 */
export function createOverviewBook(
  desk: Pick<AudioDesk, 'overview'>,
  cache: OverviewCache,
  clockMs: () => number = () => performance.now(),
): OverviewBook {
  const entries = new Map<string, Entry>();
  const waiting: Entry[] = [];
  let isMaking = false;

  async function make(entry: Entry): Promise<Overview> {
    const { sourceId, hrtfId } = entry;
    const known = await cache.find(sourceId, hrtfId);
    if (known) return known;
    const overview = await desk.overview(sourceId, hrtfId, (progress) => {
      entry.answer = { state: 'working', progress };
    });
    await cache.keep(sourceId, hrtfId, overview);
    return overview;
  }

  async function makeAll(): Promise<void> {
    if (isMaking) return;
    isMaking = true;
    while (waiting.length > 0) {
      const wanted = waiting.findIndex(({ askedMs }) => clockMs() - askedMs < patienceMs);
      const [entry] = waiting.splice(Math.max(0, wanted), 1);
      entry!.answer = await make(entry!).then(
        (overview): OverviewAnswer => ({ state: 'ready', overview }),
        (error: unknown): OverviewAnswer => {
          entry!.failureCount++;
          entry!.retryAtMs = clockMs() + retryMs * 2 ** (entry!.failureCount - 1);
          return { state: 'failed', message: messageOf(error) };
        },
      );
    }
    isMaking = false;
  }

  function want(entry: Entry): void {
    entry.retryAtMs = Infinity;
    waiting.push(entry);
    void makeAll();
  }

  return {
    ask(sourceId, hrtfId) {
      const key = JSON.stringify([sourceId, hrtfId]);
      const found = entries.get(key);
      if (found) {
        found.askedMs = clockMs();
        if (clockMs() >= found.retryAtMs) want(found);
        return found.answer;
      }
      const entry: Entry = {
        sourceId,
        hrtfId,
        answer: { state: 'working', progress: 0 },
        askedMs: clockMs(),
        failureCount: 0,
        retryAtMs: Infinity,
      };
      entries.set(key, entry);
      want(entry);
      return entry.answer;
    },
  };
}

const messageOf = (error: unknown): string =>
  error instanceof PeriphonError ? error.message : 'a fault of periphon itself';
