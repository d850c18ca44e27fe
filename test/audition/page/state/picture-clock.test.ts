import { afterEach, expect, test, vi } from 'vitest';
import { PictureClock } from '../../../../src/audition/page/state/picture-clock.ts';

const screenMs = 1000 / 60;

afterEach(() => vi.unstubAllGlobals());

/** A screen of 60 Hz on which every picture costs some time. */
function screenOf(costMs: number) {
  let nowMs = 0;
  let shown = 0;
  let frame: ((timeMs: number) => void) | undefined;
  const after: (() => void)[] = [];
  const clock = new PictureClock({
    nowMs: () => nowMs,
    nextFrame: (callback) => (frame = callback),
    afterFrame: (callback) => after.push(callback),
  });
  /** Lets the screen show pictures for a while. @returns times of those that were drawn */
  const show = (frameCount: number): number[] => {
    const drawnMs: number[] = [];
    for (let index = 0; index < frameCount; index++) {
      shown = Math.max(shown + 1, Math.ceil(nowMs / screenMs));
      const startMs = shown * screenMs;
      nowMs = startMs;
      const due = frame;
      frame = undefined;
      due?.(startMs);
      if (after.length === 0) continue;
      nowMs += costMs;
      for (const callback of after.splice(0)) callback();
      drawnMs.push(startMs);
    }
    return drawnMs;
  };
  return { clock, show, isAsked: () => frame !== undefined };
}

/** Draws as long as it is let. */
function painter(clock: PictureClock): () => void {
  let cancel = clock.next(function again() {
    cancel = clock.next(again);
  });
  return () => cancel();
}

test.each([
  [2, 60],
  [6, 60],
  [10, 30],
  [15, 20],
  [100, 5.7],
])('pictures of %d ms come %d times a second', (costMs, perSec) => {
  const { clock, show } = screenOf(costMs);
  painter(clock);
  show(60);
  const drawnMs = show(120);
  const rate = (1000 * (drawnMs.length - 1)) / (drawnMs.at(-1)! - drawnMs[0]!);
  expect(Math.abs(rate / perSec - 1)).toBeLessThan(0.15);
});

test('all draw in one turn; who takes it back does not; without anybody the screen is not asked', () => {
  const { clock, show, isAsked } = screenOf(1);
  const calls: string[] = [];
  expect(isAsked()).toBe(false);
  clock.next((timeMs) => calls.push(`a ${Math.round(timeMs)}`));
  clock.next(() => calls.push('b'))();
  clock.next((timeMs) => calls.push(`c ${Math.round(timeMs)}`));
  show(3);
  expect(calls).toEqual(['a 17', 'c 17']);
  expect(isAsked()).toBe(false);
});

test('who is sent away in the same turn does not draw', () => {
  const { clock, show } = screenOf(1);
  const calls: string[] = [];
  clock.next(() => cancel());
  const cancel = clock.next(() => calls.push('late'));
  show(3);
  expect(calls).toEqual([]);
});

test('one that fails does not stop the others, and is told', () => {
  const thrown: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (task: () => void) => thrown.push(task));
  const { clock, show } = screenOf(1);
  const calls: string[] = [];
  clock.next(() => {
    throw new Error('no colour');
  });
  clock.next(() => calls.push('other'));
  show(2);
  expect(calls).toEqual(['other']);
  expect(thrown).toHaveLength(1);
  expect(thrown[0]).toThrow('no colour');
});
