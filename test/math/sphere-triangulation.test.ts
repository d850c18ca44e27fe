import { describe, expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../src/base/coordinates.ts';
import { triangulateSphere } from '../../src/math/sphere-triangulation.ts';
import { cross, dot, subtract } from '../../src/math/vec3.ts';

/** Rings of equal elevation: full of points on one plane, as measured grids are. */
const rings = (stepDeg: number): Vec3[] => {
  const points: Vec3[] = [polarToCartesian(0, 90), polarToCartesian(0, -90)];
  for (let elevationDeg = -90 + stepDeg; elevationDeg < 90; elevationDeg += stepDeg)
    for (let azimuthDeg = 0; azimuthDeg < 360; azimuthDeg += stepDeg)
      points.push(polarToCartesian(azimuthDeg, elevationDeg));
  return points;
};

describe('triangulateSphere', () => {
  test.each([30, 15])(
    'rings of %i degrees: closed (Euler), anticlockwise, empty circumcircles',
    (stepDeg) => {
      const points = rings(stepDeg);
      const { vertices, neighbours } = triangulateSphere(points)!;
      expect(vertices.length / 3).toBe(2 * points.length - 4);
      for (let t = 0; 3 * t < vertices.length; t++) {
        const [a, b, c] = [0, 1, 2].map((j) => points[vertices[3 * t + j]!]!) as [Vec3, Vec3, Vec3];
        const normal = cross(subtract(b, a), subtract(c, a));
        expect(dot(normal, a)).toBeGreaterThan(0);
        expect(Math.max(...points.map((point) => dot(normal, subtract(point, a))))).toBeLessThan(1e-6);
        for (let j = 0; j < 3; j++) {
          const back = [...neighbours.subarray(3 * neighbours[3 * t + j]!, 3 * neighbours[3 * t + j]! + 3)];
          expect(back).toContain(t);
        }
      }
    },
  );

  test('an octahedron has its eight faces; a hemisphere and a plane give nothing', () => {
    const axes: Vec3[] = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ];
    expect(triangulateSphere(axes)!.vertices).toHaveLength(24);
    expect(triangulateSphere(rings(15).filter(([, , z]) => z > 0.1))).toBeUndefined();
    expect(triangulateSphere(rings(15).filter(([, , z]) => Math.abs(z) < 1e-9))).toBeUndefined();
    expect(triangulateSphere([])).toBeUndefined();
  });
});
