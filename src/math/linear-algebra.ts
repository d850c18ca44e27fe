import { InternalError } from '../base/errors.ts';

/** Small dense linear algebra on flat, row-major Float64Array matrices, for design work. */

/** Product a b. @param a [rows][inner] @param b [inner][columns] @returns [rows][columns] */
export function multiplyMatrices(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  const product = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < inner; i++) {
      const factor = a[row * inner + i]!;
      if (factor === 0) continue;
      for (let column = 0; column < columns; column++)
        product[row * columns + column]! += factor * b[i * columns + column]!;
    }
  return product;
}

/** @param matrix [rows][columns] @returns [columns][rows] */
export function transposeMatrix(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const transposed = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      transposed[column * rows + row] = matrix[row * columns + column]!;
  return transposed;
}

/**
 * Lower triangular factor of a symmetric positive definite matrix: matrix = factor factor'.
 * @param matrix [size][size]
 * @throws InternalError when the matrix is not positive definite
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!;
      for (let i = 0; i < column; i++) sum -= factor[row * size + i]! * factor[column * size + i]!;
      if (row !== column) factor[row * size + column] = sum / factor[column * size + column]!;
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else throw new InternalError('not-positive-definite', `pivot ${row} is ${sum}, it must be above 0`);
    }
  return factor;
}

/**
 * Solves matrix x = right for every column, given the Cholesky factor of the matrix.
 * @param factor [size][size] @param right [size][columns] @returns [size][columns]
 */
export function solveCholesky(
  factor: Float64Array,
  right: Float64Array,
  size: number,
  columns: number,
): Float64Array {
  const x = right.slice();
  const subtractRow = (from: number, row: number, times: number): void => {
    for (let c = 0; c < columns; c++) x[row * columns + c]! -= times * x[from * columns + c]!;
  };
  const divideRow = (row: number): void => {
    const pivot = factor[row * size + row]!;
    for (let c = 0; c < columns; c++) x[row * columns + c]! /= pivot;
  };
  for (let row = 0; row < size; row++) {
    for (let i = 0; i < row; i++) subtractRow(i, row, factor[row * size + i]!);
    divideRow(row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let i = row + 1; i < size; i++) subtractRow(i, row, factor[i * size + row]!);
    divideRow(row);
  }
  return x;
}

/** Eigenvalues, and eigenvectors as columns [size][size]; in no order. */
export interface EigenDecomposition {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Eigenvalues and orthonormal eigenvectors of a symmetric matrix [size][size], by Jacobi's rotations. */
export function symmetricEigen(matrix: Float64Array, size: number): EigenDecomposition {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const rotate = (m: Float64Array, first: number, second: number, c: number, s: number): void => {
    const x = m[first]!;
    const y = m[second]!;
    m[first] = c * x - s * y;
    m[second] = s * x + c * y;
  };
  for (let sweep = 0; sweep < 60; sweep++) {
    let offDiagonal = 0;
    let diagonal = 0;
    for (let p = 0; p < size; p++) {
      diagonal += a[p * size + p]! ** 2;
      for (let q = 0; q < p; q++) offDiagonal += a[p * size + q]! ** 2;
    }
    if (offDiagonal <= 1e-32 * diagonal) break;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const element = a[p * size + q]!;
        if (element === 0) continue;
        const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * element);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let i = 0; i < size; i++) rotate(a, i * size + p, i * size + q, c, s);
        for (let i = 0; i < size; i++) rotate(a, p * size + i, q * size + i, c, s);
        for (let i = 0; i < size; i++) rotate(vectors, i * size + p, i * size + q, c, s);
      }
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors };
}

/**
 * Solves matrix x = right by elimination with partial pivoting. Allocates nothing: both are overwritten, and may be
 * longer than needed.
 * @param matrix [size][size], of full rank @param right [size], then x
 */
export function solveInPlace(matrix: Float64Array, right: Float64Array, size: number): void {
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(matrix[row * size + column]!) > Math.abs(matrix[pivot * size + column]!)) pivot = row;
    if (pivot !== column) {
      for (let i = column; i < size; i++) swap(matrix, column * size + i, pivot * size + i);
      swap(right, column, pivot);
    }
    const scale = 1 / matrix[column * size + column]!;
    for (let row = column + 1; row < size; row++) {
      const times = matrix[row * size + column]! * scale;
      if (times === 0) continue;
      for (let i = column + 1; i < size; i++) matrix[row * size + i]! -= times * matrix[column * size + i]!;
      right[row]! -= times * right[column]!;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row]!;
    for (let i = row + 1; i < size; i++) sum -= matrix[row * size + i]! * right[i]!;
    right[row] = sum / matrix[row * size + row]!;
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const value = values[a]!;
  values[a] = values[b]!;
  values[b] = value;
}
