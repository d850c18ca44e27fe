import { expect, test } from 'vitest';
import { dolbyZones } from '../../src/scene/dolby-zones.ts';

test('boxes lie in the room, and those of left and right mirror each other', () => {
  expect(Object.keys(dolbyZones)).toHaveLength(11);
  for (const [minX, maxX, minY, maxY, minZ, maxZ] of Object.values(dolbyZones))
    for (const [low, high] of [
      [minX, maxX],
      [minY, maxY],
      [minZ, maxZ],
    ] as const)
      expect(-1 <= low && low < high && high <= 1).toBe(true);
  for (const [left, right] of [
    ['ZM2L', 'ZM2R'],
    ['ZM3L', 'ZM3R'],
    ['ZM3Lss', 'ZM3Rss'],
  ] as const) {
    const [minX, maxX, ...others] = dolbyZones[left]!;
    expect(dolbyZones[right]).toEqual([-maxX, -minX, ...others]);
  }
});
