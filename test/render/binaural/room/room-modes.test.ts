import { expect, test } from 'vitest';
import { imageSources } from '../../../../src/render/binaural/room/image-sources.ts';
import {
  reverberation,
  roomModes,
  walls,
  type RoomMode,
} from '../../../../src/render/binaural/room/room-modes.ts';

test('the delays of the table are those of the room', () => {
  for (const [mode, { reflectionsMs }] of Object.entries(roomModes)) {
    const delaysMs = imageSources([0, 1, 0], mode as RoomMode).map(({ delaySec }) => 1000 * delaySec);
    expect(delaysMs.sort((a, b) => a - b).map((delayMs) => Math.round(delayMs * 10) / 10)).toEqual(
      reflectionsMs,
    );
  }
});

test('the farther, the more room; the room is a listening room', () => {
  const ratios = (['near', 'mid', 'far'] as const).map((mode) => roomModes[mode].directToReverberantDb);
  expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
  const size = (axis: number) =>
    walls.filter(({ normal }) => normal[axis] !== 0).reduce((sum, wall) => sum + wall.distanceMetres, 0);
  const wantedSec = 0.25 * Math.cbrt((size(0) * size(1) * size(2)) / 100);
  expect(Math.abs(reverberation.lowSec - wantedSec)).toBeLessThanOrEqual(0.05);
});
