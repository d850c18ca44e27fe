import { expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../src/base/coordinates.ts';
import { inverseRotation, rotateVector, rotationMatrix } from '../../src/math/rotation.ts';
import { shRotationMatrix } from '../../src/math/sh-rotation.ts';
import { sphericalHarmonics } from '../../src/math/spherical-harmonics.ts';

const rotations = [
  { yawDeg: 30, pitchDeg: 0, rollDeg: 0 },
  { yawDeg: 0, pitchDeg: 90, rollDeg: 0 },
  { yawDeg: 0, pitchDeg: 0, rollDeg: -45 },
  { yawDeg: 123.4, pitchDeg: -56.7, rollDeg: 89.1 },
  { yawDeg: -180, pitchDeg: 12, rollDeg: 180 },
];

function apply(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, row) =>
    vector.reduce((sum, value, column) => sum + matrix[row * vector.length + column]! * value, 0),
  );
}

test('encoding a turned direction equals turning the encoded one, at order 10', () => {
  for (const rotation of rotations) {
    const matrix = rotationMatrix(rotation);
    const turn = shRotationMatrix(10, matrix);
    for (let i = 0; i < 20; i++) {
      const [azimuthDeg, elevationDeg] = [i * 47.3, -90 + 9.3 * i];
      const turned = cartesianToPolar(rotateVector(matrix, polarToCartesian(azimuthDeg, elevationDeg)));
      const expected = sphericalHarmonics(10, turned.azimuthDeg, turned.elevationDeg);
      const found = apply(turn, sphericalHarmonics(10, azimuthDeg, elevationDeg));
      expect(Math.max(...found.map((value, acn) => Math.abs(value - expected[acn]!)))).toBeLessThan(1e-12);
    }
  }
});

test('turning back gives the identity within 1e-12 at order 7', () => {
  for (const rotation of rotations) {
    const matrix = rotationMatrix(rotation);
    const there = shRotationMatrix(7, matrix);
    const back = shRotationMatrix(7, inverseRotation(matrix));
    for (let column = 0; column < 64; column++) {
      const unit = new Float64Array(64);
      unit[column] = 1;
      const result = apply(back, apply(there, unit));
      expect(Math.max(...result.map((value, acn) => Math.abs(value - unit[acn]!)))).toBeLessThan(1e-12);
    }
  }
});

test('degrees do not mix', () => {
  const turn = shRotationMatrix(3, rotationMatrix(rotations[3]!));
  expect(turn[0]).toBe(1);
  expect([...turn.subarray(1, 16)].every((value) => value === 0)).toBe(true);
  expect(turn[4 * 16 + 9]).toBe(0);
});
