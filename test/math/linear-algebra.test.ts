import { expect, test } from 'vitest';
import { InternalError } from '../../src/base/errors.ts';
import {
  choleskyFactor,
  multiplyMatrices,
  solveCholesky,
  solveInPlace,
  symmetricEigen,
  transposeMatrix,
} from '../../src/math/linear-algebra.ts';
import { noise } from '../support.ts';

const close = (a: Float64Array, b: ArrayLike<number>, tolerance = 1e-12): void => {
  expect(a).toHaveLength(b.length);
  expect(Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))).toBeLessThan(tolerance);
};

/** A symmetric positive definite matrix: B' B. */
function gram(rows: number, size: number, seed: number): Float64Array {
  const b = Float64Array.from(noise(rows * size, seed));
  return multiplyMatrices(transposeMatrix(b, rows, size), b, size, rows, size);
}

test('product and transpose by hand', () => {
  const a = Float64Array.of(1, 2, 3, 4, 5, 6);
  close(transposeMatrix(a, 2, 3), [1, 4, 2, 5, 3, 6]);
  close(multiplyMatrices(a, Float64Array.of(1, 0, 2, 1, 0, 3), 2, 3, 2), [5, 11, 14, 23]);
});

test('Cholesky factor of the textbook example', () => {
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
  close(choleskyFactor(matrix, 3), [2, 0, 0, 6, 1, 0, -8, 5, 3]);
});

test('solves 64 equations with several right sides', () => {
  const matrix = gram(200, 64, 1);
  const x = Float64Array.from(noise(64 * 5, 2));
  close(solveCholesky(choleskyFactor(matrix, 64), multiplyMatrices(matrix, x, 64, 64, 5), 64, 5), x, 1e-11);
});

test('solves equations that need their rows exchanged', () => {
  const size = 20;
  const matrix = Float64Array.from(noise(size * size, 4));
  for (let i = 0; i < size; i++) matrix[i * size + i] = 0;
  const x = Float64Array.from(noise(size, 5));
  const right = multiplyMatrices(matrix, x, size, size, 1);
  solveInPlace(matrix, right, size);
  close(right, x, 1e-11);
});

test('refuses a matrix that is not positive definite', () => {
  expect(() => choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toThrow(InternalError);
});

test('eigenvalues of the textbook example', () => {
  const { values } = symmetricEigen(Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2), 3);
  close(values.sort(), [2 - Math.SQRT2, 2, 2 + Math.SQRT2]);
});

test('eigenvectors are orthonormal and rebuild the matrix', () => {
  const size = 16;
  const matrix = gram(20, size, 3);
  const { values, vectors } = symmetricEigen(matrix, size);
  const transposed = transposeMatrix(vectors, size, size);
  const identity = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  close(multiplyMatrices(transposed, vectors, size, size, size), identity);
  const scaled = vectors.map((value, i) => value * values[i % size]!);
  close(multiplyMatrices(scaled, transposed, size, size, size), matrix);
});
