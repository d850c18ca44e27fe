import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { startAudition } from '../../../src/audition/server/start-audition.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { openPage, startChromium, stopChromium } from './chromium.ts';
import { writeLongProgramme } from './long-programme.ts';
import { watchMachine } from './machine-speed.ts';
import { longTasks, rendererBytes, soundAfter, watchPage } from './page-watch.ts';

/** The built package: its page and its threads are what is tested. */
const built = (await import(import.meta.resolve('periphon'))) as { startAudition: typeof startAudition };

const folder = temporaryFolder();
let scene: string;
beforeAll(async () => {
  vi.stubEnv('PERIPHON_CACHE_DIR', mkdtempSync(join(folder, 'cache')));
  scene = writeLongProgramme(join(folder, 'long'));
  await startChromium();
});
afterAll(async () => {
  await stopChromium();
  vi.unstubAllEnvs();
});

const most = { firstSoundMs: 1000, taskMs: 100, memoryBytes: 400e6 };

/**
 * Times of the clock, with everything drawn in software beside what measures and plays: on two cores that are full a task
 * of a few ms of work can wait past its bar. What the machine itself loses is taken out of them.
 */
const realTime = { timeout: 120_000, retry: 2 };

test.for([
  ['a scene alone', false],
  ['deliverables and their scene', true],
] as const)(
  '%s, half an hour long: sound at once, a light page, no long tasks',
  realTime,
  async ([, isFolder], context) => {
    const { page, complaints } = await openPage(context, { viewport: { width: 1280, height: 720 } });
    const audition = await built.startAudition(
      isFolder ? { input: join(folder, 'long'), scene } : { input: scene },
    );
    const machineSpeed = watchMachine();
    try {
      await watchPage(page);
      await page.goto(audition.url);
      await page.getByRole('region', { name: 'Sources' }).waitFor();
      await longTasks(page);
      const sounds = { first: await soundAfter(page, 'Space'), late: NaN };
      await wait(4000);
      // Through all sources; the last is the scene.
      for (const index of audition.session.sources.keys()) {
        await page.keyboard.press(String(index + 1));
        await wait(2000);
      }
      await page.keyboard.press('Space');
      await wait(1000);
      await page.keyboard.press('End');
      for (let back = 0; back < 10; back++) await page.keyboard.press('ArrowLeft');
      sounds.late = await soundAfter(page, 'Space');
      await wait(2000);
      const tasks = await longTasks(page);
      const memoryBytes = await rendererBytes(page);
      expect(sounds.first).toBeLessThan(most.firstSoundMs);
      expect(sounds.late).toBeLessThan(most.firstSoundMs);
      const { usualMs } = await machineSpeed();
      const tasksMs = tasks.map(([startMs, endMs]) => Math.round(usualMs(startMs, endMs)));
      expect(tasksMs.filter((durationMs) => durationMs > most.taskMs)).toEqual([]);
      expect(memoryBytes).toBeLessThan(most.memoryBytes);
      expect(complaints).toEqual([]);
    } finally {
      await page.context().close();
      await audition.close();
      await machineSpeed();
    }
  },
);
