import { describe, expect, test } from 'vitest';
import {
  legendrePolynomials,
  shChannelCount,
  shDegree,
  sn3dToN3d,
  sphericalHarmonics,
} from '../../src/math/spherical-harmonics.ts';
import { gaussProductGrid } from '../../src/math/quadrature.ts';
import { cartesianToPolar } from '../../src/base/coordinates.ts';
import figures from '../golden/spherical-harmonics.json' with { type: 'json' };

const golden = figures as {
  tolerance: number;
  cases: { azimuthDeg: number; elevationDeg: number; order: number; SN3D: number[]; N3D: number[] }[];
};

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

/** The AmbiX definition spelt out for degrees 0 to 3, ACN, SN3D; x front, y left, z up. */
function closedForm(azimuthDeg: number, elevationDeg: number): number[] {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const elevation = (elevationDeg * Math.PI) / 180;
  const x = Math.cos(azimuth) * Math.cos(elevation);
  const y = Math.sin(azimuth) * Math.cos(elevation);
  const z = Math.sin(elevation);
  return [
    1,
    y,
    z,
    x,
    Math.sqrt(3) * x * y,
    Math.sqrt(3) * y * z,
    (3 * z * z - 1) / 2,
    Math.sqrt(3) * x * z,
    (Math.sqrt(3) / 2) * (x * x - y * y),
    Math.sqrt(5 / 8) * y * (3 * x * x - y * y),
    Math.sqrt(15) * x * y * z,
    Math.sqrt(3 / 8) * y * (5 * z * z - 1),
    (z * (5 * z * z - 3)) / 2,
    Math.sqrt(3 / 8) * x * (5 * z * z - 1),
    (Math.sqrt(15) / 2) * z * (x * x - y * y),
    Math.sqrt(5 / 8) * x * (x * x - 3 * y * y),
  ];
}

describe('spherical harmonics', () => {
  test('agree with the EBU ADM Renderer', () => {
    expect(golden.cases).toHaveLength(40);
    for (const { azimuthDeg, elevationDeg, order, SN3D, N3D } of golden.cases) {
      expect(
        largestDifference(sphericalHarmonics(order, azimuthDeg, elevationDeg, 'SN3D'), SN3D),
      ).toBeLessThan(golden.tolerance);
      expect(largestDifference(sphericalHarmonics(order, azimuthDeg, elevationDeg, 'N3D'), N3D)).toBeLessThan(
        golden.tolerance,
      );
    }
  });

  test('are the polynomials of AmbiX', () => {
    for (let i = 0; i < 200; i++) {
      const azimuthDeg = i * 137.5;
      const elevationDeg = -90 + 0.9 * i;
      expect(
        largestDifference(
          sphericalHarmonics(3, azimuthDeg, elevationDeg),
          closedForm(azimuthDeg, elevationDeg),
        ),
      ).toBeLessThan(1e-14);
    }
  });

  test('are orthonormal up to order 10 in N3D', () => {
    const order = 10;
    const { directions, weights } = gaussProductGrid(2 * order);
    const count = shChannelCount(order);
    const values = directions.map((direction) => {
      const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
      return sphericalHarmonics(order, azimuthDeg, elevationDeg, 'N3D');
    });
    let worst = 0;
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) {
        let mean = 0;
        for (let p = 0; p < values.length; p++) mean += weights[p]! * values[p]![a]! * values[p]![b]!;
        worst = Math.max(worst, Math.abs(mean - (a === b ? 1 : 0)));
      }
    expect(worst).toBeLessThan(1e-12);
  });

  test('obey the addition theorem, at the poles too', () => {
    for (const elevationDeg of [-90, -89.999, -30, 0, 60, 90]) {
      const values = sphericalHarmonics(10, 77, elevationDeg);
      for (let n = 0; n <= 10; n++) {
        const power = values.subarray(n * n, (n + 1) ** 2).reduce((sum, value) => sum + value * value, 0);
        expect(power).toBeCloseTo(1, 12);
      }
    }
  });

  test('a source on the left has positive Y, one in front positive X, one above positive Z', () => {
    expect(sphericalHarmonics(1, 90, 0)[1]).toBe(1);
    expect(sphericalHarmonics(1, 0, 0)[3]).toBe(1);
    expect(sphericalHarmonics(1, 0, 90)[2]).toBe(1);
  });
});

test('channel numbers and degrees', () => {
  expect([0, 1, 3, 4, 8, 9, 63].map(shDegree)).toEqual([0, 1, 1, 2, 2, 3, 7]);
  expect(shChannelCount(7)).toBe(64);
  expect(sn3dToN3d(6)).toBeCloseTo(Math.sqrt(5), 15);
});

test('Legendre polynomials against their closed forms', () => {
  const values = legendrePolynomials(4, 0.3);
  const t = 0.3;
  const expected = [
    1,
    t,
    (3 * t ** 2 - 1) / 2,
    (5 * t ** 3 - 3 * t) / 2,
    (35 * t ** 4 - 30 * t ** 2 + 3) / 8,
  ];
  expect(largestDifference(values, expected)).toBeLessThan(1e-15);
});
