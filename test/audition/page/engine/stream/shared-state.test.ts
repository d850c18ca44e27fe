import { expect, test } from 'vitest';
import {
  createSharedState,
  levelBlockFrames,
  levelRow,
  openSharedState,
  raisePeak,
  readPlayPoint,
  takePeaks,
  writePlayPoint,
} from '../../../../../src/audition/page/engine/stream/shared-state.ts';

test('another thread reads where the sound is', () => {
  const state = createSharedState(3);
  writePlayPoint(state.marks, 2 ** 32 + 70, 4711, 2);
  expect(readPlayPoint(openSharedState(state.memory, 3).marks)).toEqual({
    position: 70,
    contextFrame: 4711,
    timeline: 2,
  });
});

test('peaks grow until they are taken', () => {
  const { channelPeaks } = createSharedState(0);
  raisePeak(channelPeaks, 1, Float32Array.of(0.9, -0.5, 0.25), 1, 3);
  raisePeak(channelPeaks, 1, Float32Array.of(0.125), 0, 1);
  expect([...takePeaks(channelPeaks, 2)]).toEqual([0, 0.5]);
  expect([...takePeaks(channelPeaks, 2)]).toEqual([0, 0]);
});

test('blocks of track levels have rows of their own, also where positions pass 2^31', () => {
  const state = createSharedState(2);
  for (const position of [0, 2 ** 31 - levelBlockFrames]) {
    levelRow(state, position).fill(1);
    levelRow(state, position + levelBlockFrames).fill(2);
    expect([...levelRow(state, position + levelBlockFrames - 1)]).toEqual([1, 1]);
    expect([...levelRow(state, position + levelBlockFrames)]).toEqual([2, 2]);
  }
});
