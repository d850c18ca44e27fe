import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  admToAmbisonic,
  ambisonicToAdm,
  cartesianToPolar,
  polarToCartesian,
  sofaToAdmAzimuthDeg,
  wrapAzimuthDeg,
} from '../../src/base/coordinates.ts';

test('left is left: polar (90, 0, 1) is cartesian (-1, 0, 0)', () => {
  const [x, y, z] = polarToCartesian(90, 0);
  expect([x, y, z].map((value) => Math.round(value * 1e12) / 1e12 + 0)).toEqual([-1, 0, 0]);
  expect(polarToCartesian(0, 90)[2]).toBeCloseTo(1, 12);
  expect(polarToCartesian(0, 0, 0.5)[1]).toBeCloseTo(0.5, 12);
});

test('polar and cartesian are inverse to each other', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -179.9, max: 180, noNaN: true }),
      fc.double({ min: -89.9, max: 89.9, noNaN: true }),
      fc.double({ min: 0.01, max: 4, noNaN: true }),
      (azimuthDeg, elevationDeg, distance) => {
        const back = cartesianToPolar(polarToCartesian(azimuthDeg, elevationDeg, distance));
        expect(back.azimuthDeg).toBeCloseTo(azimuthDeg, 6);
        expect(back.elevationDeg).toBeCloseTo(elevationDeg, 6);
        expect(back.distance).toBeCloseTo(distance, 9);
      },
    ),
    { seed: 1 },
  );
  expect(cartesianToPolar([0, 0, 0])).toEqual({ azimuthDeg: 0, elevationDeg: 0, distance: 0 });
});

test('axes of ambisonics and SOFA', () => {
  expect(admToAmbisonic([1, 2, 3])).toEqual([2, -1, 3]);
  expect(ambisonicToAdm(admToAmbisonic([1, 2, 3]))).toEqual([1, 2, 3]);
  expect(sofaToAdmAzimuthDeg(270)).toBe(-90);
});

test('azimuths wrap into (-180, 180]', () => {
  expect([-180, 180, 540, -190, 360, 0].map(wrapAzimuthDeg)).toEqual([180, 180, 180, 170, 0, 0]);
});
