import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../../src/base/time.ts';
import { createHeadOrientation } from '../../../../src/render/binaural/head-orientation.ts';
import { roomSources } from '../../../../src/render/binaural/room/room-sources.ts';
import { bedOf, blockAt, circlingObject, objectOf, sceneOf } from '../scenes.ts';

const scene = sceneOf(
  bedOf(['M+030', 'LFE1', 'M-030'], { binauralMode: 'near', gainDb: -6 }),
  objectOf([blockAt(10)], { id: 'dry' }),
  objectOf([blockAt(10)], { id: 'off', binauralMode: 'off' }),
  objectOf([blockAt(90, 0, { gainDb: -20 })], { id: 'still', binauralMode: 'far' }),
  objectOf([blockAt(90, 0, { durationSec: rationalFromDecimal(1) })], { id: 'short', binauralMode: 'mid' }),
  { ...circlingObject(1, 1), id: 'moves', binauralMode: 'mid' },
  objectOf([blockAt(0)], { id: 'mute', binauralMode: 'far', mute: true }),
);

test('what has a mode, each with its track; LFEs, dry and muted elements have none', () => {
  const sources = roomSources(scene, 48000, undefined);
  expect(sources.map(({ mode, trackIndex }) => [mode, trackIndex])).toEqual([
    ['near', 0],
    ['near', 2],
    ['far', 5],
    ['mid', 6],
    ['mid', 7],
  ]);
  expect(sources.map(({ gain }) => gain)).toEqual(
    [0.5012, 0.5012, 0.1, 1, 1].map((gain) => expect.closeTo(gain, 4) as number),
  );
  expect(sources.map(({ track }) => track === undefined)).toEqual([true, true, true, false, false]);
  expect(sources.map(({ direction }) => direction === undefined)).toEqual([false, false, false, false, true]);
  expect(sources[2]!.direction![0]).toBeCloseTo(-1, 9);
});

test('nothing rests for a head that turns', () => {
  const head = createHeadOrientation([{ timeSec: 0, yawDeg: 0, pitchDeg: 0, rollDeg: 0 }], 48000);
  for (const { track, direction } of roomSources(scene, 48000, head)) {
    expect(track).toBeDefined();
    expect(direction).toBeUndefined();
  }
});
