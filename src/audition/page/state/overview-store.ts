import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Overview, OverviewAnswer, Session } from '../../protocol/session.ts';

/** What is known of a source. */
export interface SourceOverview {
  /** Of the HRTF set that is heard. */
  readonly answer: OverviewAnswer;
  /** The last that was ready: its waveform and curves hold for every HRTF set. */
  readonly last: Overview | undefined;
}

/** Overviews by the ids of sources. */
export interface OverviewStore {
  readonly overviews: ReadonlySignal<ReadonlyMap<string, SourceOverview>>;
  /** Asks anew, as loudness at the ears depends on the HRTF set. What is ready is kept. */
  setHrtf(hrtfId: string): void;
  close(): void;
}

/** How often the server is asked while it works. */
const pollMs = 500;

/** How often it is asked about what has failed: a file may come back, and the server itself. */
const retryMs = 5000;

/** Asks for the overview of every source until it is ready. @param load answers, or throws for the listener */
export const createOverviewStore = (
  session: Session,
  load: (sourceId: string, hrtfId: string) => Promise<OverviewAnswer>,
): OverviewStore => {
  const overviews = signal<ReadonlyMap<string, SourceOverview>>(new Map());
  const ready = new Map<string, OverviewAnswer>();
  let round = 0;
  const keep = (sourceId: string, answer: OverviewAnswer): void => {
    const last = answer.state === 'ready' ? answer.overview : overviews.peek().get(sourceId)?.last;
    overviews.value = new Map(overviews.peek()).set(sourceId, { answer, last });
  };
  const ask = async (sourceId: string, hrtfId: string, myRound: number): Promise<void> => {
    const key = `${hrtfId}\n${sourceId}`;
    const answer =
      ready.get(key) ??
      (await load(sourceId, hrtfId).catch((error: unknown): OverviewAnswer => ({
        state: 'failed',
        message: error instanceof Error ? error.message : String(error),
      })));
    if (answer.state === 'ready') ready.set(key, answer);
    if (round !== myRound) return;
    keep(sourceId, answer);
    if (answer.state === 'ready') return;
    const waitMs = answer.state === 'working' ? pollMs : retryMs;
    setTimeout(() => round === myRound && void ask(sourceId, hrtfId, myRound), waitMs);
  };
  return {
    overviews,
    setHrtf(hrtfId) {
      round++;
      for (const { id } of session.sources) void ask(id, hrtfId, round);
    },
    close() {
      round++;
    },
  };
};
