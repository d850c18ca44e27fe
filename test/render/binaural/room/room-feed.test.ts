import { expect, test } from 'vitest';
import { loadKernels } from '../../../../src/kernels/load-kernels.ts';
import { createTrackSource } from '../../../../src/render/binaural/fixed-input.ts';
import { createObjectTrack } from '../../../../src/render/binaural/object-track.ts';
import { createRoomFeed } from '../../../../src/render/binaural/room/room-feed.ts';
import type { RoomMode } from '../../../../src/render/binaural/room/room-modes.ts';
import { noise } from '../../../support.ts';
import { blockAt, circlingObject, objectOf } from '../scenes.ts';

const kernels = await loadKernels();

test('all feed the network, and what moves the sectors that it passes', () => {
  const sourceOf = (mode: RoomMode, gain: number, object: ReturnType<typeof objectOf>, seed: number) => ({
    audio: createTrackSource(noise(480, seed)),
    mode,
    gain,
    track: createObjectTrack(object, 48000, 1),
    direct: undefined,
  });
  const [still, moving] = [
    sourceOf('near', 2, objectOf([blockAt(90)]), 1),
    sourceOf('far', 0.5, circlingObject(4, 1), 2),
  ];
  const feed = createRoomFeed(kernels, [still, moving], [0.5, 0.5], 480);
  feed.fill(48_000);
  feed.lateHop.forEach((sample, n) =>
    expect(sample).toBeCloseTo(0.5 * (still.audio.hop[n]! + moving.audio.hop[n]!), 6),
  );
  expect(feed.sectorHops('near')).toEqual([]);
  const hops = feed.sectorHops('far');
  // After a second it is at the left, the second sector.
  expect(hops.map((hop) => Math.round(hop[0]! / moving.audio.hop[0]! / 0.05))).toEqual([0, 10, 0, 0, 0, 0]);
});

test('with no sources there is nothing', () => {
  const feed = createRoomFeed(kernels, [], [], 480);
  feed.lateHop.fill(1);
  feed.fill(0);
  expect(feed.lateHop).toEqual(new Float32Array(480));
});
