import { shChannelCount } from './spherical-harmonics.ts';

/**
 * Matrix that turns an ambisonic signal as a rotation matrix turns the scene, by the recursion of Ivanic and
 * Ruedenberg (J. Phys. Chem. 1996, 100, 6342) with the additions and corrections of 1998 (102, 9099). The
 * same for SN3D and N3D, because it never mixes degrees.
 * @param rotation [3][3] row-major on ADM axes (see `rotationMatrix`)
 * @returns [out acn][in acn], (order + 1)^2 square, block-diagonal
 */
export function shRotationMatrix(order: number, rotation: Float64Array): Float64Array {
  const count = shChannelCount(order);
  const matrix = new Float64Array(count * count);
  matrix[0] = 1;
  const first = firstDegree(rotation);
  let block = first;
  for (let degree = 1; degree <= order; degree++) {
    if (degree > 1) block = nextDegree(degree, first, block);
    const size = 2 * degree + 1;
    const corner = degree * degree;
    for (let row = 0; row < size; row++) {
      const from = row * size;
      matrix.set(block.subarray(from, from + size), (corner + row) * count + corner);
    }
  }
  return matrix;
}

/** Degree 1 is the rotation itself on the axes (left, up, front) of ACN 1, 2, 3. */
function firstDegree(rotation: Float64Array): Float64Array {
  const axes = [0, 2, 1];
  const signs = [-1, 1, 1];
  const block = new Float64Array(9);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++)
      block[row * 3 + column] = signs[row]! * signs[column]! * rotation[axes[row]! * 3 + axes[column]!]!;
  return block;
}

/** The block of one degree [2 l + 1][2 l + 1] from those of degree 1 and l - 1. Names as in the paper. */
function nextDegree(l: number, first: Float64Array, previous: Float64Array): Float64Array {
  const size = 2 * l + 1;
  const block = new Float64Array(size * size);

  /** R(i, j) of degree 1. */
  const r = (i: number, j: number): number => first[(i + 1) * 3 + j + 1]!;
  /** R(a, b) of degree l - 1. */
  const q = (a: number, b: number): number => previous[(a + l - 1) * (size - 2) + b + l - 1]!;

  const p = (i: number, a: number, b: number): number => {
    if (b === l) return r(i, 1) * q(a, l - 1) - r(i, -1) * q(a, 1 - l);
    if (b === -l) return r(i, 1) * q(a, 1 - l) + r(i, -1) * q(a, l - 1);
    return r(i, 0) * q(a, b);
  };

  const v = (m: number, n: number): number => {
    if (m === 0) return p(1, 1, n) + p(-1, -1, n);
    if (m > 0) return p(1, m - 1, n) * (m === 1 ? Math.SQRT2 : 1) - (m === 1 ? 0 : p(-1, 1 - m, n));
    return (m === -1 ? 0 : p(1, m + 1, n)) + p(-1, -m - 1, n) * (m === -1 ? Math.SQRT2 : 1);
  };

  const w = (m: number, n: number): number =>
    m > 0 ? p(1, m + 1, n) + p(-1, -m - 1, n) : p(1, m - 1, n) - p(-1, 1 - m, n);

  for (let m = -l; m <= l; m++) {
    const absolute = Math.abs(m);
    for (let n = -l; n <= l; n++) {
      const divisor = Math.abs(n) === l ? 2 * l * (2 * l - 1) : (l + n) * (l - n);
      let sum = 0;
      if (absolute < l) sum += Math.sqrt(((l + m) * (l - m)) / divisor) * p(0, m, n);
      const shared = m === 0 ? 2 : 1;
      sum +=
        (m === 0 ? -0.5 : 0.5) *
        Math.sqrt((shared * (l + absolute - 1) * (l + absolute)) / divisor) *
        v(m, n);
      if (m !== 0 && absolute < l - 1)
        sum -= 0.5 * Math.sqrt(((l - absolute - 1) * (l - absolute)) / divisor) * w(m, n);
      block[(m + l) * size + n + l] = sum;
    }
  }
  return block;
}
