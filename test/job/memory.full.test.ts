import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

interface Usage {
  readonly peakMegabytes: number;
}

/**
 * A 12-channel bed and 16 moving objects, mastered to the four default targets in a process of its own.
 * Speed is a line of the bench (`npm run bench -- job`), not of this test: machines differ.
 */
const bench = pathToFileURL(resolve(import.meta.dirname, '../../bench/job.mjs')).href;
const { measureJob } = (await import(bench)) as {
  measureJob: (minutes: number, threads: number, scenes?: readonly string[]) => Usage;
};

test('memory stays below 400 MB and does not grow with the programme', async () => {
  const five = measureJob(5, 2);
  const ten = measureJob(10, 2);
  expect(ten.peakMegabytes).toBeLessThan(400);
  // Twice the length would show as twice the growth; the collector alone moves the peak by some ten per cent.
  expect(ten.peakMegabytes).toBeLessThan(five.peakMegabytes * 1.3);
}, 900_000);

/** The same scene through the heavy effects of a recipe, written as stems at its level: heard once, then leveled. */
test('nor where the scene itself is brought to a level', () => {
  const one = measureJob(1, 2, ['stems']);
  const four = measureJob(4, 2, ['stems']);
  expect(four.peakMegabytes).toBeLessThan(400);
  expect(four.peakMegabytes).toBeLessThan(one.peakMegabytes * 1.3);
}, 900_000);
