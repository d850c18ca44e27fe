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
test('memory stays below 400 MB and does not grow with the programme', async () => {
  const bench = pathToFileURL(resolve(import.meta.dirname, '../../bench/job.mjs')).href;
  const { measureJob } = (await import(bench)) as { measureJob: (minutes: number, threads: number) => Usage };
  const five = measureJob(5, 2);
  const ten = measureJob(10, 2);
  expect(ten.peakMegabytes).toBeLessThan(400);
  // Twice the length would show as twice the growth; the collector alone moves the peak by some ten per cent.
  expect(ten.peakMegabytes).toBeLessThan(five.peakMegabytes * 1.3);
}, 900_000);
