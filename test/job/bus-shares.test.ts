import { expect, test } from 'vitest';
import { shareBuses } from '../../src/job/bus-shares.ts';
import { planTargets } from '../../src/job/plan.ts';
import { parseTarget } from '../../src/master/targets.ts';

const names = ['7.1.4', '5.1', 'binaural', 'ambix3'];
const { buses } = planTargets(
  names.map((name) => parseTarget(name)),
  { channelOrder: 'wav', fold: {} },
);
const tasks = buses.map((bus, index) => ({ bus, name: names[index]! }));
const sharesOf = (threadCount: number, trackCount: number): string[][] =>
  shareBuses(tasks, threadCount, trackCount).map((share) => share.map(({ name }) => name));

test('each bus is on one thread, and the thread that reads has less to do', () => {
  const shares = sharesOf(2, 40);
  expect(shares.flat().sort()).toEqual([...names].sort());
  expect(shares[1]).toContain('binaural');
  expect(shares[0]).not.toContain('binaural');
});

test('there are no more threads than buses, and one at least', () => {
  expect(sharesOf(16, 12)).toHaveLength(4);
  expect(sharesOf(1, 12)).toHaveLength(1);
  expect(shareBuses([], 4, 12)).toEqual([[]]);
});
