import { expect, test } from 'vitest';
import {
  cubeExtentToPolar,
  cubeToPolar,
  polarExtentToCube,
  polarToCube,
} from '../../src/base/cube-coordinates.ts';

const polar = (azimuthDeg: number, elevationDeg: number, distance = 1) => ({
  azimuthDeg,
  elevationDeg,
  distance,
});

test.each([
  [0, 0, [0, 1, 0]],
  [30, 0, [-1, 1, 0]],
  [-110, 0, [1, -1, 0]],
  [180, 0, [0, -1, 0]],
  [30, 30, [-1, 1, 1]],
  [0, 90, [0, 0, 1]],
  [110, -30, [-1, -1, -1]],
])('polar (%i, %i) is a point of the cube, and back', (azimuthDeg, elevationDeg, cube) => {
  const converted = polarToCube(polar(azimuthDeg, elevationDeg));
  converted.forEach((value, axis) => expect(value).toBeCloseTo(cube[axis]!, 12));
  const back = cubeToPolar(cube as unknown as [number, number, number]);
  expect(Math.abs(back.azimuthDeg)).toBeCloseTo(Math.abs(azimuthDeg), 12);
  expect(back.elevationDeg).toBeCloseTo(elevationDeg, 12);
  expect(back.distance).toBeCloseTo(1, 12);
});

test('the centre has no direction', () => {
  expect(cubeToPolar([0, 0, 0])).toEqual({ azimuthDeg: 0, elevationDeg: 0, distance: 0 });
});

test('a source of no size has none in the cube; a full one fills it', () => {
  expect(polarExtentToCube(polar(0, 0), { widthDeg: 0, heightDeg: 0, depth: 0 })).toEqual([0, 0, 0]);
  const full = polarExtentToCube(polar(0, 0), { widthDeg: 360, heightDeg: 360, depth: 1 });
  full.forEach((size) => expect(size).toBeCloseTo(1, 12));
  const back = cubeExtentToPolar(polar(0, 0), [1, 1, 1]);
  expect(back.widthDeg).toBeCloseTo(360, 6);
  expect(back.depth).toBeCloseTo(0, 12);
});
