import { expect, test, vi } from 'vitest';
import { createFrameLevels } from '../../../../src/audition/page/state/frame-levels.ts';
import { createFakeEngine } from '../fakes.ts';

test('all who draw a picture get the same levels, and the engine is asked once', () => {
  const engine = createFakeEngine();
  const asked = vi.spyOn(engine, 'levels');
  let now = 1;
  const levels = createFrameLevels(
    engine,
    () => false,
    () => now,
  );
  expect(levels()).toBe(levels());
  expect(asked).toHaveBeenCalledTimes(1);
  now = 2;
  levels();
  expect(asked).toHaveBeenCalledTimes(2);
});

test('what must not be seen is silent', () => {
  const engine = createFakeEngine();
  engine.levelsNow = {
    channelPeaks: Float32Array.of(1, 1, 1),
    trackPeaks: Float32Array.of(1),
    outputPeaks: Float32Array.of(1, 1),
    outputCorrelation: 1,
  };
  const levels = createFrameLevels(
    engine,
    () => true,
    () => 0,
  )();
  expect(Array.from(levels.outputPeaks)).toEqual([0, 0]);
  expect(levels.trackPeaks).toHaveLength(0);
  expect(levels.outputCorrelation).toBeNaN();
});
