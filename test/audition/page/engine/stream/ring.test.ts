import { expect, test } from 'vitest';
import {
  createRing,
  endRing,
  openRing,
  readableFrames,
  readPlanar,
  restartRing,
  writeInterleaved,
  writePlanar,
  writeSilence,
} from '../../../../../src/audition/page/engine/stream/ring.ts';

test('what one thread writes across the end of the memory, another reads', () => {
  const ring = createRing(2, 8);
  restartRing(ring, 6);
  writeInterleaved(ring, 6, Float32Array.of(1, -1, 2, -2, 3, -3, 4, -4));
  expect(readableFrames(ring, 6)).toBe(0);
  endRing(ring, 10);
  const other = openRing(ring.memory, 2);
  expect(other.capacityFrames).toBe(8);
  expect(readableFrames(other, 7)).toBe(3);
  const planes = [new Float32Array(3), new Float32Array(3)];
  readPlanar(other, 7, planes, 3);
  expect(planes.map((plane) => [...plane])).toEqual([
    [2, 3, 4],
    [-2, -3, -4],
  ]);
});

test('positions before the stretch and behind it hold nothing', () => {
  const ring = createRing(1, 8);
  restartRing(ring, 100);
  endRing(ring, 104);
  expect([99, 100, 103, 104, 105].map((position) => readableFrames(ring, position))).toEqual([0, 4, 1, 0, 0]);
});

test('positions go on beyond 2^31 and 2^32', () => {
  for (const start of [2 ** 31 - 2, 2 ** 32 - 2]) {
    const ring = createRing(1, 8);
    restartRing(ring, start);
    writePlanar(ring, start, [Float32Array.of(1, 2, 3, 4)], 4);
    endRing(ring, start + 4);
    expect(readableFrames(ring, start + 1)).toBe(3);
    const planes = [new Float32Array(3)];
    readPlanar(ring, start + 1, planes, 3);
    expect([...planes[0]!]).toEqual([2, 3, 4]);
  }
});

test('silence overwrites what was there', () => {
  const ring = createRing(1, 4);
  writePlanar(ring, 0, [Float32Array.of(1, 2, 3, 4)], 4);
  writeSilence(ring, 3, 2);
  expect([...ring.channels[0]!]).toEqual([0, 2, 3, 0]);
});
