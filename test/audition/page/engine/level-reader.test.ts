import { expect, test } from 'vitest';
import { LevelReader } from '../../../../src/audition/page/engine/level-reader.ts';
import { createSharedState, levelRow } from '../../../../src/audition/page/engine/stream/shared-state.ts';

test('peaks of channels and outputs are told once', () => {
  const state = createSharedState(0);
  const reader = new LevelReader(state);
  state.channelPeaks.set([0.5, 0.25]);
  state.outputPeaks.set([0.75, 1]);
  state.correlation[0] = 0.5;
  const levels = reader.read({ kind: 'stereo', channelCount: 2 }, 0);
  expect([...levels.channelPeaks]).toEqual([0.5, 0.25]);
  expect([...levels.outputPeaks]).toEqual([0.75, 1]);
  expect(levels.outputCorrelation).toBe(0.5);
  expect(levels.trackPeaks).toHaveLength(0);
  expect([...reader.read({ kind: 'stereo', channelCount: 2 }, 0).channelPeaks]).toEqual([0, 0]);
});

test('levels of tracks are those of the blocks that were heard since', () => {
  const state = createSharedState(2);
  const reader = new LevelReader(state);
  [0.1, 0.9, 0.3].forEach((peak, block) => levelRow(state, 512 * block).set([peak, peak / 2]));
  const at = (position: number): number[] =>
    [...reader.read({ kind: 'scene', channelCount: 2 }, position).trackPeaks].map((peak) => +peak.toFixed(3));
  expect(at(100)).toEqual([0.1, 0.05]);
  expect(at(1100)).toEqual([0.9, 0.45]);
  expect(at(1200)).toEqual([0.3, 0.15]);
  // Nothing is heard in a pause: meters fall, and pictures rest.
  expect(at(1200)).toEqual([0, 0]);
});
