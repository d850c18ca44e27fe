import { expect, test } from 'vitest';
import { gaussLegendre, gaussProductGrid } from '../../src/math/quadrature.ts';

test('Gauss-Legendre: the tabulated rule of three points (Abramowitz and Stegun 25.4)', () => {
  const { nodes, weights } = gaussLegendre(3);
  [Math.sqrt(3 / 5), 0, -Math.sqrt(3 / 5)].forEach((node, i) => expect(nodes[i]).toBeCloseTo(node, 14));
  [5 / 9, 8 / 9, 5 / 9].forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 14));
});

test('Gauss-Legendre integrates polynomials up to degree 2 n - 1', () => {
  const { nodes, weights } = gaussLegendre(40);
  for (const power of [0, 2, 40, 78]) {
    const integral = nodes.reduce((sum, x, i) => sum + weights[i]! * x ** power, 0);
    expect(integral).toBeCloseTo(2 / (power + 1), 13);
  }
});

test('the product grid gives the spherical means of monomials', () => {
  const { directions, weights } = gaussProductGrid(10);
  const mean = (f: (x: number, y: number, z: number) => number): number =>
    directions.reduce((sum, [x, y, z], i) => sum + weights[i]! * f(x, y, z), 0);
  expect(mean(() => 1)).toBeCloseTo(1, 14);
  expect(mean((x) => x)).toBeCloseTo(0, 14);
  expect(mean((x) => x * x)).toBeCloseTo(1 / 3, 14);
  expect(mean((x, y) => x * x * y * y)).toBeCloseTo(1 / 15, 14);
  expect(mean((x, y, z) => x ** 4 * y ** 4 * z ** 2)).toBeCloseTo((3 * 3) / (3 * 5 * 7 * 9 * 11), 14);
});

test('every direction has length 1 and a mirror image', () => {
  const { directions } = gaussProductGrid(7);
  for (const [x, y, z] of directions) {
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 14);
    expect(directions.some((d) => Math.hypot(d[0] + x, d[1] - y, d[2] - z) < 1e-12)).toBe(true);
  }
});
