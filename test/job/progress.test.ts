import { expect, test } from 'vitest';
import { createProgressReporter, type Progress } from '../../src/job/progress.ts';

test('reports are thinned, but the end always comes through', () => {
  const seen: Progress[] = [];
  let nowMs = 0;
  const report = createProgressReporter(
    (progress) => seen.push(progress),
    'render',
    'song',
    () => nowMs,
  );
  for (let i = 1; i <= 100; i++) {
    nowMs += 1;
    report(i / 100);
  }
  expect(seen[0]).toEqual({ phase: 'render', subject: 'song', fraction: 0.01 });
  expect(seen.length).toBeLessThanOrEqual(7);
  expect(seen.at(-1)!.fraction).toBe(1);
});

test('without a handler nothing happens', () => {
  createProgressReporter(undefined, 'render')(0.5);
});
