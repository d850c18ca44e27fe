import { expect, test } from 'vitest';
import { createGainTrace } from '../../src/master/gain-trace.ts';

const options = { sampleRateHz: 100, groupCount: 2, skippedFrames: 7, programmeFrames: 25 };
const halfDb = 20 * Math.log10(2);

/** A group at 1 but for a dip, and one that stays at a half. */
const gains = [
  Float32Array.from({ length: 32 }, (_, n) => (n === 7 + 12 ? 0.5 : n < 7 ? 0.01 : 1)),
  new Float32Array(32).fill(0.5),
];

test.each([1, 3, 32])('reduces curves to intervals and totals, in calls of %i frames', (size) => {
  const trace = createGainTrace(options);
  for (let from = 0; from < 32; from += size) {
    const to = Math.min(32, from + size);
    trace.take({ gains: gains.map((row) => row.slice(from, to)), isUnity: () => false }, to - from);
  }
  const [dip, half] = trace.reductionsDb.map((row) => [...row].map((x) => Math.round(x * 1000) / 1000));
  expect(dip).toEqual([0, 6.021, 0]);
  expect(half).toEqual([6.021, 6.021, 6.021]);
  const [first, second] = trace.totals();
  expect(first!.maxReductionDb).toBeCloseTo(halfDb, 10);
  // One of 25 frames, read as the mean gain of its interval of ten.
  expect(first!.meanReductionDb).toBeCloseTo((-20 * Math.log10(0.95) * 10) / 25, 10);
  expect(second!.meanReductionDb).toBeCloseTo(halfDb, 10);
  trace.reset();
  expect(trace.totals()[1]).toEqual({ maxReductionDb: 0, meanReductionDb: 0 });
  expect([...trace.reductionsDb[1]!]).toEqual([0, 0, 0]);
});

test('without the length of the programme there are totals only', () => {
  const trace = createGainTrace({ sampleRateHz: 100, groupCount: 2, skippedFrames: 0 });
  trace.take({ gains, isUnity: () => false }, 32);
  expect(trace.reductionsDb.map((row) => row.length)).toEqual([0, 0]);
  expect(trace.totals()[1]!.maxReductionDb).toBeCloseTo(halfDb, 10);
});

test('gains that are known to be 1 are not read, and count as such', () => {
  const [read, told] = [0, 1].map(() => createGainTrace(options));
  const dip = gains.map((row) => row.slice(0, 12));
  for (const trace of [read!, told!]) trace.take({ gains: dip, isUnity: () => false }, 12);
  read!.take({ gains: dip.map((row) => row.map(() => 1)), isUnity: () => false }, 12);
  told!.take({ gains: dip, isUnity: () => true }, 12);
  expect(told!.totals()).toEqual(read!.totals());
  expect(told!.reductionsDb).toEqual(read!.reductionsDb);
});
