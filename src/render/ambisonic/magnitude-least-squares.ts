import { choleskyFactor, solveCholesky } from '../../math/linear-algebra.ts';
import { covarianceMatchingMatrix } from './covariance-matching.ts';

/** Spectra of two ears over directions, split complex [bin][ear][direction], bins 0 .. Nyquist. */
export interface EarSpectra {
  readonly binCount: number;
  readonly directionCount: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** What the fit needs. */
export interface MagnitudeLeastSquaresProblem {
  readonly spectra: EarSpectra;
  /** N3D spherical harmonics [direction][acn]. */
  readonly harmonics: Float64Array;
  readonly channelCount: number;
  /** Share of the sphere of each direction; the sum is 1. */
  readonly weights: Float64Array;
  /** Whether the covariance of the ears in a diffuse field is restored at the end. */
  readonly matchesCovariance: boolean;
  /** Bin at which the fit passes from complex to magnitude, over half an octave to either side. */
  readonly crossoverBin: number;
}

/** Filter spectra of both ears, split complex [bin][ear][acn]. */
export interface FilterSpectra {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Regularisation of the fit against the mean eigenvalue: for sets with holes. */
const regularization = 1e-3;

/**
 * Fits filters to ear spectra: complex least squares below the cross-over, above it the magnitudes alone,
 * with phases that continue those of the fit from bin to bin (Schoerkhuber, Zaunschirm and Hoeldrich 2018);
 * then, if wanted, the 2x2 diffuse-field covariance of the ears is restored in every bin.
 */
export function solveMagnitudeLeastSquares(problem: MagnitudeLeastSquaresProblem): FilterSpectra {
  const { spectra, channelCount, crossoverBin } = problem;
  const { binCount, directionCount } = spectra;
  const projection = leastSquaresProjection(problem);
  const earSize = directionCount;
  const binSize = 2 * channelCount;
  const filters: FilterSpectra = {
    real: new Float64Array(binCount * binSize),
    imaginary: new Float64Array(binCount * binSize),
  };
  const current = createEars(earSize);
  const before = createEars(earSize);
  const target = createEars(earSize);
  const lowerBin = crossoverBin / Math.SQRT2;

  for (let bin = 0; bin < binCount; bin++) {
    const wanted = earsAt(spectra, bin);
    const magnitudeShare = Math.min(1, Math.max(0, Math.log2(bin / lowerBin)));
    if (magnitudeShare > 0) {
      continuePhases(current, before, problem.weights, target);
      imposeMagnitudes(wanted, target);
      blend(wanted, target, magnitudeShare);
    }
    const solution = earsAt({ ...filters, binCount, directionCount: channelCount }, bin);
    project(projection, magnitudeShare > 0 ? target : wanted, solution, channelCount);
    if (bin === 0 || bin === binCount - 1) for (const ear of solution.imaginary) ear.fill(0);
    copyEars(current, before);
    evaluate(problem.harmonics, solution, current, channelCount);
  }
  if (problem.matchesCovariance) matchCovariances(problem, filters);
  return filters;
}

/** Views of one bin: [ear] of arrays over directions or channels. */
interface Ears {
  readonly real: readonly [Float64Array, Float64Array];
  readonly imaginary: readonly [Float64Array, Float64Array];
}

const createEars = (size: number): Ears => ({
  real: [new Float64Array(size), new Float64Array(size)],
  imaginary: [new Float64Array(size), new Float64Array(size)],
});

function earsAt(spectra: EarSpectra, bin: number): Ears {
  const size = spectra.directionCount;
  const view = (array: Float64Array, ear: number): Float64Array =>
    array.subarray((2 * bin + ear) * size, (2 * bin + ear + 1) * size);
  return {
    real: [view(spectra.real, 0), view(spectra.real, 1)],
    imaginary: [view(spectra.imaginary, 0), view(spectra.imaginary, 1)],
  };
}

function copyEars(from: Ears, to: Ears): void {
  for (let ear = 0; ear < 2; ear++) {
    to.real[ear]!.set(from.real[ear]!);
    to.imaginary[ear]!.set(from.imaginary[ear]!);
  }
}

/** Weighted least squares (Y' W Y + r I)^-1 Y' W, transposed to [direction][acn]. */
function leastSquaresProjection(problem: MagnitudeLeastSquaresProblem): Float64Array {
  const { harmonics, weights, channelCount: size } = problem;
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size * weights.length);
  for (let d = 0; d < weights.length; d++) {
    const row = harmonics.subarray(d * size, (d + 1) * size);
    for (let i = 0; i < size; i++) {
      const weighted = weights[d]! * row[i]!;
      right[i * weights.length + d] = weighted;
      for (let j = 0; j < size; j++) gram[i * size + j]! += weighted * row[j]!;
    }
  }
  let trace = 0;
  for (let i = 0; i < size; i++) trace += gram[i * size + i]!;
  for (let i = 0; i < size; i++) gram[i * size + i]! += (regularization * trace) / size;
  const solved = solveCholesky(choleskyFactor(gram, size), right, size, weights.length);
  const projection = new Float64Array(solved.length);
  for (let i = 0; i < size; i++)
    for (let d = 0; d < weights.length; d++) projection[d * size + i] = solved[i * weights.length + d]!;
  return projection;
}

/** solution[acn] = sum over directions of projection * values. */
function project(projection: Float64Array, values: Ears, solution: Ears, size: number): void {
  const [leftRe, rightRe] = solution.real;
  const [leftIm, rightIm] = solution.imaginary;
  for (const array of [leftRe, rightRe, leftIm, rightIm]) array.fill(0);
  const count = values.real[0].length;
  for (let d = 0; d < count; d++) {
    const a = values.real[0][d]!;
    const b = values.imaginary[0][d]!;
    const c = values.real[1][d]!;
    const e = values.imaginary[1][d]!;
    const row = d * size;
    for (let i = 0; i < size; i++) {
      const p = projection[row + i]!;
      leftRe[i]! += p * a;
      leftIm[i]! += p * b;
      rightRe[i]! += p * c;
      rightIm[i]! += p * e;
    }
  }
}

/** What the filters give in every direction: out[direction] = sum over acn of harmonics * filters. */
function evaluate(harmonics: Float64Array, filters: Ears, out: Ears, size: number): void {
  const [leftRe, rightRe] = filters.real;
  const [leftIm, rightIm] = filters.imaginary;
  const count = out.real[0].length;
  for (let d = 0; d < count; d++) {
    const row = d * size;
    let a = 0;
    let b = 0;
    let c = 0;
    let e = 0;
    for (let i = 0; i < size; i++) {
      const y = harmonics[row + i]!;
      a += y * leftRe[i]!;
      b += y * leftIm[i]!;
      c += y * rightRe[i]!;
      e += y * rightIm[i]!;
    }
    out.real[0][d] = a;
    out.imaginary[0][d] = b;
    out.real[1][d] = c;
    out.imaginary[1][d] = e;
  }
}

/**
 * Phases for the next bin: those of the last, advanced by each ear's mean advance over the last two bins, so
 * that the delay of the set does not count as change.
 */
function continuePhases(current: Ears, before: Ears, weights: Float64Array, target: Ears): void {
  for (let ear = 0; ear < 2; ear++) {
    const re = current.real[ear]!;
    const im = current.imaginary[ear]!;
    const oldRe = before.real[ear]!;
    const oldIm = before.imaginary[ear]!;
    let advanceRe = 0;
    let advanceIm = 0;
    for (let d = 0; d < re.length; d++) {
      advanceRe += weights[d]! * (re[d]! * oldRe[d]! + im[d]! * oldIm[d]!);
      advanceIm += weights[d]! * (im[d]! * oldRe[d]! - re[d]! * oldIm[d]!);
    }
    const size = Math.hypot(advanceRe, advanceIm) || 1;
    const c = advanceRe / size;
    const s = advanceIm / size;
    for (let d = 0; d < re.length; d++) {
      target.real[ear]![d] = re[d]! * c - im[d]! * s;
      target.imaginary[ear]![d] = re[d]! * s + im[d]! * c;
    }
  }
}

/** Gives `target` the magnitudes of `wanted`, keeping its phases. */
function imposeMagnitudes(wanted: Ears, target: Ears): void {
  for (let ear = 0; ear < 2; ear++) {
    const re = target.real[ear]!;
    const im = target.imaginary[ear]!;
    const wantedRe = wanted.real[ear]!;
    const wantedIm = wanted.imaginary[ear]!;
    for (let d = 0; d < re.length; d++) {
      const wantedPower = wantedRe[d]! * wantedRe[d]! + wantedIm[d]! * wantedIm[d]!;
      const power = re[d]! * re[d]! + im[d]! * im[d]!;
      const scale = power > 0 ? Math.sqrt(wantedPower / power) : 0;
      re[d]! *= scale;
      im[d]! *= scale;
    }
  }
}

/** target = (1 - share) * wanted + share * target */
function blend(wanted: Ears, target: Ears, share: number): void {
  for (let ear = 0; ear < 2; ear++)
    for (const part of ['real', 'imaginary'] as const) {
      const from = wanted[part][ear]!;
      const to = target[part][ear]!;
      for (let d = 0; d < to.length; d++) to[d] = (1 - share) * from[d]! + share * to[d]!;
    }
}

/** Restores in every bin the covariance of the ears in a diffuse field. */
function matchCovariances(problem: MagnitudeLeastSquaresProblem, filters: FilterSpectra): void {
  const { spectra, harmonics, weights, channelCount } = problem;
  const { binCount, directionCount } = spectra;
  const actual = createEars(directionCount);
  for (let bin = 1; bin < binCount - 1; bin++) {
    const solution = earsAt({ ...filters, binCount, directionCount: channelCount }, bin);
    evaluate(harmonics, solution, actual, channelCount);
    const matrix = covarianceMatchingMatrix(
      covariance(earsAt(spectra, bin), weights),
      covariance(actual, weights),
    );
    applyMatrix(matrix, solution);
  }
}

/** Mean over the sphere of ear times conjugated ear. */
function covariance(ears: Ears, weights: Float64Array): Float64Array {
  const [leftRe, rightRe] = ears.real;
  const [leftIm, rightIm] = ears.imaginary;
  let left = 0;
  let right = 0;
  let crossRe = 0;
  let crossIm = 0;
  for (let d = 0; d < weights.length; d++) {
    const w = weights[d]!;
    left += w * (leftRe[d]! ** 2 + leftIm[d]! ** 2);
    right += w * (rightRe[d]! ** 2 + rightIm[d]! ** 2);
    crossRe += w * (leftRe[d]! * rightRe[d]! + leftIm[d]! * rightIm[d]!);
    crossIm += w * (leftIm[d]! * rightRe[d]! - leftRe[d]! * rightIm[d]!);
  }
  return Float64Array.of(left, 0, crossRe, crossIm, crossRe, -crossIm, right, 0);
}

/** ears = matrix * ears, in place. */
function applyMatrix(matrix: Float64Array, ears: Ears): void {
  const [leftRe, rightRe] = ears.real;
  const [leftIm, rightIm] = ears.imaginary;
  for (let i = 0; i < leftRe.length; i++) {
    const [a, b, c, e] = [leftRe[i]!, leftIm[i]!, rightRe[i]!, rightIm[i]!];
    const row = (r: number, part: 0 | 1): number => {
      const [p, q, u, v] = [matrix[r]!, matrix[r + 1]!, matrix[r + 2]!, matrix[r + 3]!];
      return part === 0 ? p * a - q * b + u * c - v * e : p * b + q * a + u * e + v * c;
    };
    leftRe[i] = row(0, 0);
    leftIm[i] = row(0, 1);
    rightRe[i] = row(4, 0);
    rightIm[i] = row(4, 1);
  }
}
