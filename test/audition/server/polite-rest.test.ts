import { expect, test } from 'vitest';
import { createPoliteRest, createReadCount, type Machine } from '../../../src/audition/server/polite-rest.ts';

/** A machine whose clock goes on when told, and with every rest. */
function machineOf(coreCount: number) {
  const rests: number[] = [];
  let nowMs = 0;
  const machine: Machine = {
    coreCount,
    nowMs: () => nowMs,
    async wait(ms) {
      rests.push(ms);
      nowMs += ms;
    },
  };
  return { machine, rests, work: (ms: number) => (nowMs += ms) };
}

test('while somebody listens a rest is as long as the work before it, else there is none', async () => {
  const { machine, rests, work } = machineOf(2);
  const reads = createReadCount();
  const rest = createPoliteRest(reads, machine);
  work(7);
  await rest();
  expect(rests).toEqual([]);
  Atomics.add(reads, 0, 1);
  for (const ms of [5, 0.2, 60, 300]) {
    work(ms);
    await rest();
  }
  expect(rests).toEqual([5, 1, 60, 200]);
  work(2000);
  await rest();
  work(3);
  await rest();
  expect(rests).toHaveLength(4);
});

test('where cores are many nothing rests', async () => {
  const { machine, rests, work } = machineOf(8);
  const reads = createReadCount();
  const rest = createPoliteRest(reads, machine);
  Atomics.add(reads, 0, 1);
  work(5);
  await rest();
  expect(rests).toEqual([]);
});
