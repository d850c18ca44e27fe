import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** Where so much was read lately somebody listens: players ask at least twice a second. */
const listeningMs = 1000;
const mostRestMs = 200;
/** Machines with so many cores have one to spare beside what a browser and its sound take. */
const enoughCores = 6;

/** Counts reads for those who listen, for the threads that work beside. */
export type ReadCount = Int32Array<SharedArrayBuffer>;

/** Makes a count. */
export const createReadCount = (): ReadCount => new Int32Array(new SharedArrayBuffer(4));

/** What resting needs to know of the machine; for tests. */
export interface Machine {
  readonly coreCount: number;
  nowMs(): number;
  wait(ms: number): Promise<unknown>;
}

const thisMachine: Machine = {
  coreCount: availableParallelism(),
  nowMs: () => performance.now(),
  wait,
};

/**
 * Makes a rest for long work, taken after each of its small steps: while somebody listens it lasts as long as the step did,
 * so that what plays and draws finds a core free at any time.
 */
export function createPoliteRest(reads: ReadCount, machine: Machine = thisMachine): () => Promise<void> {
  if (machine.coreCount >= enoughCores) return async () => undefined;
  let count = Atomics.load(reads, 0);
  let readMs = -Infinity;
  let startMs = machine.nowMs();
  return async () => {
    const nowMs = machine.nowMs();
    const latest = Atomics.load(reads, 0);
    if (latest !== count) readMs = nowMs;
    count = latest;
    if (nowMs - readMs < listeningMs) await machine.wait(Math.min(mostRestMs, Math.max(1, nowMs - startMs)));
    startMs = machine.nowMs();
  };
}
