import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { speedOf, watchMachine } from './machine-speed.ts';

test('time in which the machine was slow counts less, as much as both neighbours were slow', () => {
  const { usualMs } = speedOf([
    [0, 100],
    [10, 100],
    [20, 1000],
    [40, 500],
    [50, 100],
    [60, 90],
  ]);
  expect(usualMs(0, 20)).toBe(20);
  expect(usualMs(10, 50)).toBeCloseTo(10 + 20 / 5 + 10, 9);
  expect(usualMs(30, 35)).toBeCloseTo(1, 9);
  expect(usualMs(-100, -50)).toBe(50);
  expect(speedOf([]).usualMs(3, 5)).toBe(2);
  // A clock too coarse for the work tells nothing.
  const coarse = [0, 5, 10].map((endMs) => [endMs, endMs === 5 ? 4000 : 0] as const);
  expect(speedOf(coarse).usualMs(0, 10)).toBe(10);
});

test('a machine that computes has its usual speed most of the time', async () => {
  const stop = watchMachine();
  await wait(500);
  const startMs = Date.now();
  await wait(1000);
  const endMs = Date.now();
  const { usualMs } = await stop();
  expect(usualMs(startMs, endMs) / (endMs - startMs)).toBeGreaterThan(0.5);
});
