import { expect, test } from 'vitest';
import { polarToCartesian } from '../../../../src/base/coordinates.ts';
import { createObjectTrack } from '../../../../src/render/binaural/object-track.ts';
import { createSectorFeed, sectorGain, sectors } from '../../../../src/render/binaural/room/sectors.ts';
import { circlingObject } from '../scenes.ts';

test('sectors share the power of a source, and that in its direction has it all', () => {
  for (let i = 0; i < 30; i++) {
    const direction = polarToCartesian(i * 137.5, 90 * Math.sin(i));
    const gains = sectors.map((_, sector) => sectorGain(direction, sector));
    expect(gains.reduce((sum, gain) => sum + gain * gain, 0)).toBeCloseTo(1, 9);
  }
  sectors.forEach((direction, sector) => expect(sectorGain(direction, sector)).toBe(1));
});

test('a feed follows its source, each ramp from where the last one ended', () => {
  const gains = new Float64Array(8);
  gains[0] = 0.3;
  const feed = createSectorFeed(createObjectTrack(circlingObject(1, 1), 48000, 1), 2, gains, 1, 1000);
  for (let start = 0; start < 47_000; start += 1000) {
    const before = feed.ends.slice();
    expect(feed.moveTo(start)).toBe(0);
    if (start > 0) expect(feed.starts).toEqual(before);
    const ends = feed.ends.slice();
    expect(feed.moveTo(start + 600)).toBe(600);
    expect(feed.ends).toEqual(ends);
    for (const side of [feed.starts, feed.ends]) {
      expect([side[0], side[7]]).toEqual([0.3, 0]);
      expect(Math.hypot(...side.subarray(1, 7))).toBeCloseTo(2, 3);
    }
    // To the left, once a second.
    const turn = (2 * Math.PI * (start + 1000)) / 48_000;
    expect(feed.ends[3]! - feed.ends[4]!).toBeCloseTo(2 * Math.cos(turn), 1);
    expect(feed.ends[2]! - feed.ends[1]!).toBeCloseTo(2 * Math.sin(turn), 1);
  }
});
