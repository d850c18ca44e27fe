import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

interface Usage {
  readonly peakMegabytes: number;
  readonly timesRealTime: number;
}

/** A 12-channel bed and 16 moving objects, mastered to the four default targets in a process of its own. */
test('memory is flat, and the job many times faster than real time', async () => {
  const bench = pathToFileURL(resolve(import.meta.dirname, '../../bench/job.mjs')).href;
  const { measureJob } = (await import(bench)) as { measureJob: (minutes: number, threads: number) => Usage };
  const ten = measureJob(10, 2);
  expect(ten.peakMegabytes).toBeLessThan(400);
  expect(ten.timesRealTime).toBeGreaterThan(10);
  const twenty = measureJob(20, 2);
  expect(twenty.peakMegabytes).toBeLessThan(ten.peakMegabytes * 1.1);
}, 900_000);
