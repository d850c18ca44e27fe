import { expect, test } from 'vitest';
import { cartesianToPolar } from '../../src/base/coordinates.ts';
import { directionBetween, directionOf } from '../../src/scene/object-direction.ts';
import type { ObjectPosition } from '../../src/scene/scene.ts';

const polar = (azimuthDeg: number, elevationDeg = 0): ObjectPosition => ({
  kind: 'polar',
  azimuthDeg,
  elevationDeg,
  distance: 1,
});
const cube = (x: number, y: number, z: number): ObjectPosition => ({ kind: 'cartesian', xyz: [x, y, z] });
const between = (from: ObjectPosition, to: ObjectPosition, weight: number) =>
  cartesianToPolar(directionBetween(from, to, directionOf(from), directionOf(to), weight));

test('corners of the cube are the loudspeakers of 4+5+0', () => {
  expect(cartesianToPolar(directionOf(cube(-1, 1, 0))).azimuthDeg).toBeCloseTo(30, 10);
  expect(cartesianToPolar(directionOf(cube(1, -1, 1)))).toMatchObject({
    azimuthDeg: expect.closeTo(-110, 10) as number,
    elevationDeg: expect.closeTo(30, 10) as number,
  });
});

test('polar positions move along the great circle: half-way up from the left to the right leads over the front', () => {
  expect(between(polar(30), polar(-30), 0.25).azimuthDeg).toBeCloseTo(15, 10);
  // Half-way between 45 degrees up on either side: the middle of the arc, atan(tan 45 / cos 45) up.
  const { azimuthDeg, elevationDeg } = between(polar(45, 45), polar(-45, 45), 0.5);
  expect(azimuthDeg).toBeCloseTo(0, 10);
  expect(elevationDeg).toBeCloseTo((Math.atan(Math.SQRT2) * 180) / Math.PI, 10);
});

test('opposite polar positions turn through their azimuths; cartesian ones move on the straight line', () => {
  expect(between(polar(90), polar(-90), 0.5).azimuthDeg).toBeCloseTo(0, 10);
  expect(between(cube(-1, 1, 0), cube(1, 1, 0), 0.5).azimuthDeg).toBeCloseTo(0, 10);
  expect(between(cube(-1, 0, 0), cube(1, 0, 0.5), 0.5).elevationDeg).toBeCloseTo(90, 10);
});
