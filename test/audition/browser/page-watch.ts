import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** What the watch of a page notes, all in milliseconds of the page's clock. */
interface Notes {
  readonly tasks: { readonly startMs: number; readonly durationMs: number }[];
  pressedMs: number | undefined;
  soundMs: number | undefined;
}

declare global {
  interface Window {
    notes: Notes;
  }
}

/** Notes long tasks of the main thread, and when the audio thread gives out the first sound after a key was pressed. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const notes: Notes = { tasks: [], pressedMs: undefined, soundMs: undefined };
    window.notes = notes;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        notes.tasks.push({ startMs: startTime, durationMs: duration });
    }).observe({ type: 'longtask', buffered: true });
    const onKey = ({ timeStamp }: Event): void => {
      notes.pressedMs = timeStamp;
      notes.soundMs = undefined;
    };
    addEventListener('keydown', onKey, true);
    const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
    AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
      if (to[0] instanceof AudioDestinationNode) {
        const analyser = new AnalyserNode(this.context, { fftSize: 1024 });
        connect.call(this, analyser);
        const samples = new Float32Array(analyser.fftSize);
        setInterval(() => {
          if (notes.pressedMs === undefined || notes.soundMs !== undefined) return;
          analyser.getFloatTimeDomainData(samples);
          if (samples.some((sample) => sample !== 0)) notes.soundMs = performance.now();
        }, 4);
      }
      return connect.apply(this, to);
    } as typeof AudioNode.prototype.connect;
  });
}

/** Presses a key and waits for sound. @returns the time from one to the other; NaN where none comes */
export async function soundAfter(page: Page, key: string, patienceMs = 20_000): Promise<number> {
  await page.keyboard.press(key);
  for (const endMs = Date.now() + patienceMs; Date.now() < endMs; await wait(20)) {
    const { pressedMs, soundMs } = await page.evaluate(() => window.notes);
    if (soundMs !== undefined) return soundMs - pressedMs!;
  }
  return NaN;
}

/** A task of more than 50 ms, from and to in milliseconds since 1970. */
export type LongTask = readonly [startMs: number, endMs: number];

/** Long tasks since the last call. */
export const longTasks = async (page: Page): Promise<LongTask[]> =>
  page.evaluate(() =>
    window.notes.tasks.splice(0).map(({ startMs, durationMs }): [number, number] => {
      const fromMs = performance.timeOrigin + startMs;
      return [fromMs, fromMs + durationMs];
    }),
  );

/**
 * Memory of the processes that run pages: code, workers, audio thread, shared memory and WebAssembly are all in it.
 * Pages that other processes share count in part. Linux only.
 */
export async function rendererBytes(page: Page): Promise<number> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))!)
    .reduce((sum, [, kilobytes]) => sum + 1024 * Number(kilobytes), 0);
}
