import { expect, test } from 'vitest';
import { covarianceMatchingMatrix } from '../../../src/render/ambisonic/covariance-matching.ts';

type Complex = readonly [number, number];
const at = (m: Float64Array, row: number, column: number): Complex => [
  m[4 * row + 2 * column]!,
  m[4 * row + 2 * column + 1]!,
];

/** m r m' spelt out. */
function transformed(m: Float64Array, r: Float64Array): Float64Array {
  const out = new Float64Array(8);
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 2; j++)
      for (let k = 0; k < 2; k++)
        for (let l = 0; l < 2; l++) {
          const [a, b] = at(m, i, k);
          const [c, d] = at(r, k, l);
          const [e, f] = at(m, j, l);
          const [g, h] = [a * c - b * d, a * d + b * c];
          out[4 * i + 2 * j]! += g * e + h * f;
          out[4 * i + 2 * j + 1]! += h * e - g * f;
        }
  return out;
}

const hermitian = (left: number, right: number, re: number, im: number): Float64Array =>
  Float64Array.of(left, 0, re, im, re, -im, right, 0);

test('gives the wanted covariance', () => {
  const wanted = hermitian(2, 3, 0.7, -0.4);
  for (const actual of [hermitian(1, 1, 0, 0), hermitian(0.5, 4, -0.3, 0.9), hermitian(9, 0.1, 0.2, 0.1)]) {
    const result = transformed(covarianceMatchingMatrix(wanted, actual), actual);
    result.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 9));
  }
});

test('changes nothing where the covariance is right', () => {
  const matrix = covarianceMatchingMatrix(hermitian(2, 3, 0.7, -0.4), hermitian(2, 3, 0.7, -0.4));
  [1, 0, 0, 0, 0, 0, 1, 0].forEach((value, i) => expect(matrix[i]).toBeCloseTo(value, 9));
});

test('only scales where both ears lack the same', () => {
  const matrix = covarianceMatchingMatrix(hermitian(8, 12, 2.8, -1.6), hermitian(2, 3, 0.7, -0.4));
  [2, 0, 0, 0, 0, 0, 2, 0].forEach((value, i) => expect(matrix[i]).toBeCloseTo(value, 9));
});

test('stays finite for silence', () => {
  const silence = new Float64Array(8);
  expect(covarianceMatchingMatrix(silence, silence).every(Number.isFinite)).toBe(true);
});
