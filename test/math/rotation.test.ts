import { glMatrix } from 'gl-matrix';
import { expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../src/base/coordinates.ts';
import {
  inverseRotation,
  rotateVector,
  rotationBetween,
  rotationMatrix,
  rotationQuaternion,
} from '../../src/math/rotation.ts';

const turned = (
  azimuthDeg: number,
  elevationDeg: number,
  rotation: { yawDeg?: number; pitchDeg?: number; rollDeg?: number },
) =>
  cartesianToPolar(
    rotateVector(
      rotationMatrix({ yawDeg: 0, pitchDeg: 0, rollDeg: 0, ...rotation }),
      polarToCartesian(azimuthDeg, elevationDeg),
    ),
  );

test('yaw adds to the azimuth', () => {
  const { azimuthDeg, elevationDeg } = turned(10, 20, { yawDeg: 50 });
  expect(azimuthDeg).toBeCloseTo(60, 12);
  expect(elevationDeg).toBeCloseTo(20, 12);
});

test('pitch lifts the front, roll lifts the left side', () => {
  expect(turned(0, 0, { pitchDeg: 30 }).elevationDeg).toBeCloseTo(30, 12);
  expect(turned(90, 0, { rollDeg: 30 }).elevationDeg).toBeCloseTo(30, 12);
  expect(turned(90, 0, { pitchDeg: 30 }).azimuthDeg).toBeCloseTo(90, 12);
});

test('roll comes first, then pitch, then yaw', () => {
  const { azimuthDeg, elevationDeg } = turned(0, 0, { yawDeg: 90, pitchDeg: 30, rollDeg: 77 });
  expect(azimuthDeg).toBeCloseTo(90, 12);
  expect(elevationDeg).toBeCloseTo(30, 12);
});

test('the inverse undoes the rotation in double precision', () => {
  const matrix = rotationMatrix({ yawDeg: 12, pitchDeg: -34, rollDeg: 56 });
  const back = rotateVector(inverseRotation(matrix), rotateVector(matrix, [0.1, 0.2, 0.3]));
  expect(Math.hypot(back[0] - 0.1, back[1] - 0.2, back[2] - 0.3)).toBeLessThan(1e-15);
});

test('leaves the array type of gl-matrix alone', () => {
  const before = glMatrix.ARRAY_TYPE;
  rotationMatrix({ yawDeg: 1, pitchDeg: 2, rollDeg: 3 });
  expect(glMatrix.ARRAY_TYPE).toBe(before);
});

test('between two rotations the way is even and the shortest', () => {
  const turn = (yawDeg: number) => rotationQuaternion({ yawDeg, pitchDeg: 0, rollDeg: 0 });
  const azimuthAt = (from: number, to: number, share: number) =>
    cartesianToPolar(rotateVector(rotationBetween(turn(from), turn(to), share), [0, 1, 0])).azimuthDeg;
  expect(azimuthAt(10, 50, 0.25)).toBeCloseTo(20, 9);
  expect(azimuthAt(170, -150, 0.5)).toBeCloseTo(-170, 9);
  expect(azimuthAt(-30, 30, 1)).toBeCloseTo(30, 9);
});
