import { describe, expect, test } from 'vitest';
import type { Vec3 } from '../../src/base/coordinates.ts';
import { convexFacets, polygonOrder } from '../../src/math/convex-facets.ts';
import { normalize } from '../../src/math/vec3.ts';
import { noise } from '../support.ts';

const cube: Vec3[] = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => normalize([x, y, z]))));

describe('convexFacets', () => {
  test('a cube has six facets of four corners', () => {
    const facets = convexFacets(cube);
    expect(facets).toHaveLength(6);
    for (const corners of facets) expect(corners).toHaveLength(4);
  });

  test('an octahedron has eight triangles; points of one plane have no hull', () => {
    const axes: Vec3[] = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ];
    expect(convexFacets(axes).map((corners) => corners.length)).toEqual(Array(8).fill(3));
    expect(convexFacets(axes.slice(0, 4))).toEqual([]);
  });

  test('random points obey Euler: V - E + F = 2', () => {
    const values = noise(120, 3);
    const points = Array.from({ length: 40 }, (_, i) =>
      normalize([values[3 * i]!, values[3 * i + 1]!, values[3 * i + 2]!]),
    );
    const facets = convexFacets(points);
    const edges = facets.reduce((sum, corners) => sum + corners.length, 0) / 2;
    expect(points.length - edges + facets.length).toBe(2);
  });
});

test('polygonOrder walks around the polygon', () => {
  const square: Vec3[] = [
    [-1, 1, 0],
    [1.1, 1, 0],
    [-1, 1, 1],
    [1, 1, 1],
  ];
  const order = polygonOrder(square);
  const start = order.indexOf(0);
  const opposite = order[(start + 2) % 4];
  expect([...order].sort()).toEqual([0, 1, 2, 3]);
  expect(opposite).toBe(3);
});
