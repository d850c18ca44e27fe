import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';
import { choleskyFactor, solveCholesky } from '../math/linear-algebra.ts';

/**
 * An analogue filter of the first or second order, as polynomials of s in ascending powers; its frequency is 1 rad/s.
 * The denominator begins with 1, and all coefficients are 0 or more.
 */
export interface AnaloguePrototype {
  readonly numerator: readonly [number, number, number];
  readonly denominator: readonly [1, number, number];
}

/** Squared magnitude of such a polynomial over v = |s|^2, in ascending powers of v. */
type SquaredPolynomial = readonly [number, number, number];
/** Squared magnitude of a filter. */
interface SquaredFilter {
  readonly numerator: SquaredPolynomial;
  readonly denominator: SquaredPolynomial;
}

/** The magnitude counts up to this share of the sample rate. */
const highestShare = 0.46;
const iterationCount = 10;
/** What is passed with less power than this counts less: -40 dB. */
const faintPower = 1e-4;
/** Keeps columns that are nearly the same, those of a filter that hardly does anything, from breaking the solution. */
const ridge = 1e-13;

/**
 * Designs a biquad whose magnitude is that of an analogue filter almost up to half the sample rate. The bilinear
 * transform alone bends the frequencies: bells near the end of the band become narrow, and shelves close early.
 * The squared magnitude of a biquad is a fraction of two quadratics of tan^2(omega / 2); this one is fitted to the
 * analogue one, so that its error in dB is small everywhere, by linear least squares with weights from the round before
 * (Sanathanan and Koerner 1963). Poles and zeros inside of the unit circle follow from it (as in Vicanek 2016, "Matched
 * second order digital filters", who meets the magnitude at three points). The gain at 0 Hz is exact.
 */
export function designMatchedBiquad(
  prototype: AnaloguePrototype,
  frequencyHz: number,
  sampleRateHz: number,
): BiquadCoefficients {
  const bilinear: SquaredFilter = {
    numerator: squared(prototype.numerator),
    denominator: squared(prototype.denominator),
  };
  const points = fittingPoints(prototype, frequencyHz, sampleRateHz);
  const best = [bilinear, ...fits(bilinear, points)].reduce((least, filter) =>
    errorOf(filter, points) < errorOf(least, points) ? filter : least,
  );
  const scale = 1 / Math.tan((Math.PI * frequencyHz) / sampleRateHz);
  const b = digitalPolynomial(best.numerator, scale);
  const a = digitalPolynomial(best.denominator, scale);
  return { b0: b[0] / a[0], b1: b[1] / a[0], b2: b[2] / a[0], a1: a[1] / a[0], a2: a[2] / a[0] };
}

/** |c0 + c1 s + c2 s^2|^2 at s = j sqrt(v). */
const squared = ([c0, c1, c2]: readonly [number, number, number]): SquaredPolynomial => [
  c0 * c0,
  c1 * c1 - 2 * c0 * c2,
  c2 * c2,
];

const valueAt = ([p0, p1, p2]: SquaredPolynomial, v: number): number => p0 + v * (p1 + v * p2);

/** Where the magnitude is fitted. */
interface FittingPoint {
  /** (tan(omega / 2) / tan(omega0 / 2))^2. */
  readonly v: number;
  /** Squared magnitude of the analogue filter. */
  readonly power: number;
}

/** Points over the whole band, and more of them around the frequency of the filter, by its bandwidth. */
function fittingPoints(
  { numerator, denominator }: AnaloguePrototype,
  frequencyHz: number,
  sampleRateHz: number,
): FittingPoint[] {
  const octavesUp = Math.log2((highestShare * sampleRateHz) / frequencyHz);
  const bandwidth = Math.min(1, numerator[1] > 0 ? Math.min(numerator[1], denominator[1]) : denominator[1]);
  const [top, bottom] = [squared(numerator), squared(denominator)];
  const octaves = [
    ...Array.from({ length: 121 }, (_, i) => -8 + ((octavesUp + 8) * i) / 120),
    ...Array.from({ length: 61 }, (_, i) => bandwidth * (i / 10 - 3)),
  ].filter((octave) => octave <= octavesUp);
  const middle = Math.tan((Math.PI * frequencyHz) / sampleRateHz);
  return octaves.map((octave) => {
    const ratio = 2 ** octave;
    return {
      v: (Math.tan((Math.PI * frequencyHz * ratio) / sampleRateHz) / middle) ** 2,
      power: valueAt(top, ratio * ratio) / valueAt(bottom, ratio * ratio),
    };
  });
}

/** Largest error in dB, where the filter does not stop the sound; infinite where no filter has this magnitude. */
function errorOf({ numerator, denominator }: SquaredFilter, points: readonly FittingPoint[]): number {
  for (const [p0, p1, p2] of [numerator, denominator])
    if (!(p0 >= 0 && p2 >= 0 && p1 + 2 * Math.sqrt(p0 * p2) >= 0)) return Infinity;
  let largest = 0;
  for (const { v, power } of points) {
    const ratio = valueAt(numerator, v) / valueAt(denominator, v) / power;
    largest = Math.max(largest, Math.abs(10 * Math.log10(ratio)) / (1 + faintPower / power));
  }
  return largest;
}

/** Coefficients that may be fitted: of the numerator, then of the denominator. */
const fittable = ['n1', 'n2', 'd1', 'd2'] as const;
type Fittable = (typeof fittable)[number];

/**
 * Iterates of a fit of all coefficients. A quadratic that wants a negative coefficient belongs to no filter: near half
 * the sample rate one pole and one zero would cancel. Then fits without one of the coefficients take its place, and so
 * on.
 */
function fits(start: SquaredFilter, points: readonly FittingPoint[]): SquaredFilter[] {
  const [n0, n1, n2] = start.numerator;
  const isSecondOrder = n2 > 0 || start.denominator[2] > 0;
  const isFree: Record<Fittable, boolean> = {
    // What is silent at 0 Hz stays so.
    n1: n0 > 0 || n1 > 0,
    n2: isSecondOrder,
    d1: true,
    d2: isSecondOrder,
  };
  const free = fittable.filter((name) => isFree[name]);
  for (let count = free.length; count > 1; count--) {
    const filters = choicesOf(free, count)
      .flatMap((names) => iterate(start, names, points))
      .filter((filter) => errorOf(filter, points) < Infinity);
    if (filters.length > 0) return filters;
  }
  return [];
}

/** All choices of so many of the names. */
function choicesOf(names: readonly Fittable[], count: number): Fittable[][] {
  const subsets = Array.from({ length: 1 << names.length }, (_, bits) =>
    names.filter((__, index) => bits & (1 << index)),
  );
  return subsets.filter((subset) => subset.length === count);
}

function iterate(
  start: SquaredFilter,
  names: readonly Fittable[],
  points: readonly FittingPoint[],
): SquaredFilter[] {
  const filters: SquaredFilter[] = [];
  let filter = start;
  for (let i = 0; i < iterationCount; i++) filters.push((filter = refit(filter, names, points)));
  return filters;
}

/** One round: numerator = power * denominator, divided by both the power and the denominator of the round before. */
function refit(
  { numerator, denominator }: SquaredFilter,
  names: readonly Fittable[],
  points: readonly FittingPoint[],
): SquaredFilter {
  const count = names.length;
  const rows = points.map(({ v, power }) => {
    const weight = 1 / Math.abs(valueAt(denominator, v) * (power + faintPower));
    const columns = { n1: v, n2: v * v, d1: -power * v, d2: -power * v * v };
    return {
      columns: names.map((name) => weight * columns[name]),
      wanted: weight * (power - numerator[0]),
    };
  });
  const sizes = names.map((_, j) => Math.hypot(...rows.map(({ columns }) => columns[j]!)));
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  for (const { columns, wanted } of rows)
    for (let j = 0; j < count; j++) {
      const entry = columns[j]! / sizes[j]!;
      right[j]! += entry * wanted;
      for (let k = 0; k < count; k++) matrix[j * count + k]! += (entry * columns[k]!) / sizes[k]!;
    }
  for (let j = 0; j < count; j++) matrix[j * count + j]! += ridge;
  const solution = solveCholesky(choleskyFactor(matrix, count), right, count, 1);
  const valueOf = (name: Fittable): number => {
    const index = names.indexOf(name);
    return index < 0 ? 0 : solution[index]! / sizes[index]!;
  };
  return {
    numerator: [numerator[0], valueOf('n1'), valueOf('n2')],
    denominator: [1, valueOf('d1'), valueOf('d2')],
  };
}

/** The polynomial of z^-1 with this squared magnitude and no root outside of the unit circle. */
function digitalPolynomial([p0, p1, p2]: SquaredPolynomial, scale: number): [number, number, number] {
  const c0 = Math.sqrt(p0);
  const c2 = Math.sqrt(p2);
  const c1 = Math.sqrt(Math.max(0, p1 + 2 * c0 * c2));
  const [middle, outer] = [c1 * scale, c2 * scale * scale];
  return [c0 + middle + outer, 2 * (c0 - outer), c0 - middle + outer];
}
