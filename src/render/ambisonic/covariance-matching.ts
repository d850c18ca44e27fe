/**
 * A complex 2x2 matrix [row][column][real, imaginary], eight numbers. Enough algebra for two ears.
 */
export type Complex2x2 = Float64Array;

function product(a: Complex2x2, b: Complex2x2): Complex2x2 {
  const out = new Float64Array(8);
  for (let row = 0; row < 2; row++)
    for (let column = 0; column < 2; column++)
      for (let i = 0; i < 2; i++) {
        const p = 4 * row + 2 * i;
        const q = 4 * i + 2 * column;
        out[4 * row + 2 * column]! += a[p]! * b[q]! - a[p + 1]! * b[q + 1]!;
        out[4 * row + 2 * column + 1]! += a[p]! * b[q + 1]! + a[p + 1]! * b[q]!;
      }
  return out;
}

const adjoint = (a: Complex2x2): Complex2x2 =>
  Float64Array.of(a[0]!, -a[1]!, a[4]!, -a[5]!, a[2]!, -a[3]!, a[6]!, -a[7]!);

/** Lower triangular factor of a covariance matrix; `floor` keeps its diagonal above zero. */
function cholesky(a: Complex2x2, floor: number): Complex2x2 {
  const first = Math.sqrt(a[0]! + floor);
  const [re, im] = [a[4]! / first, a[5]! / first];
  const second = Math.sqrt(Math.max(a[6]! + floor - re * re - im * im, floor));
  return Float64Array.of(first, 0, 0, 0, re, im, second, 0);
}

/** Inverse of a lower triangular matrix with a real diagonal. */
function invertLower(a: Complex2x2): Complex2x2 {
  const scale = -1 / (a[0]! * a[6]!);
  return Float64Array.of(1 / a[0]!, 0, 0, 0, a[4]! * scale, a[5]! * scale, 1 / a[6]!, 0);
}

/**
 * The unitary matrix nearest to a: its polar factor. For 2x2 it is a + e adj(a)' over the sum of the singular
 * values, where e is the phase of the determinant.
 */
function nearestUnitary(a: Complex2x2): Complex2x2 {
  const detRe = a[0]! * a[6]! - a[1]! * a[7]! - (a[2]! * a[4]! - a[3]! * a[5]!);
  const detIm = a[0]! * a[7]! + a[1]! * a[6]! - (a[2]! * a[5]! + a[3]! * a[4]!);
  const size = Math.hypot(detRe, detIm);
  if (size === 0) return Float64Array.of(1, 0, 0, 0, 0, 0, 1, 0);
  const [re, im] = [detRe / size, detIm / size];
  const cofactors = Float64Array.of(a[6]!, -a[7]!, -a[4]!, a[5]!, -a[2]!, a[3]!, a[0]!, -a[1]!);
  const sum = Math.sqrt(a.reduce((power, value) => power + value * value, 0) + 2 * size);
  return a.map((value, i) => {
    const real = i & ~1;
    const [x, y] = [cofactors[real]!, cofactors[real + 1]!];
    return (value + (i === real ? re * x - im * y : re * y + im * x)) / sum;
  });
}

/**
 * The 2x2 matrix that gives two signals a wanted covariance while changing them as little as may be
 * (Vilkamo, Baeckstroem and Kuntz 2013; for binaural ambisonics Zaunschirm, Schoerkhuber and Hoeldrich 2018).
 * @param wanted covariance matrix of the ears in a diffuse field
 * @param actual covariance matrix that the decoder gives
 * @returns mixing matrix: new ears = matrix * old ears
 */
export function covarianceMatchingMatrix(wanted: Complex2x2, actual: Complex2x2): Complex2x2 {
  const floor = 1e-12 * (wanted[0]! + wanted[6]!) + 1e-300;
  const wantedFactor = cholesky(wanted, floor);
  const actualFactor = cholesky(actual, floor);
  const alignment = nearestUnitary(product(adjoint(actualFactor), wantedFactor));
  return product(product(wantedFactor, adjoint(alignment)), invertLower(actualFactor));
}
