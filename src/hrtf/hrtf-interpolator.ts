import { polarToCartesian, type Vec3 } from '../base/coordinates.ts';
import { HrtfError } from '../base/errors.ts';
import { createFft, nextPowerOfTwo } from '../dsp/fft.ts';
import { triangulateSphere } from '../math/sphere-triangulation.ts';
import { createHrtfPlace, createTriangleFinder, type HrtfPlace } from './triangle-finder.ts';
import type { HrtfSet } from './hrtf-set.ts';
import { createSplineStencil, createSplineWeights, type SplineStencil } from './spline-weights.ts';

/** Aligned responses of both ears at one direction; `tapCount` taps each. */
export interface EarResponses {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Arrival of each ear [left, right], in samples. */
  readonly arrivalSamples: Float64Array;
}

/** Makes room for the responses of one direction. */
export function createEarResponses(tapCount: number): EarResponses {
  return {
    left: new Float32Array(tapCount),
    right: new Float32Array(tapCount),
    arrivalSamples: new Float64Array(2),
  };
}

/** Responses at any direction, between those of a set. Nothing allocates once it is made. */
export interface HrtfInterpolator {
  readonly hrtf: HrtfSet;
  /** Directions of the set at the corners of each triangle [triangle][3]. */
  readonly triangles: Int32Array;
  /** Finds the triangle around a direction (any length above 0; ADM cartesian). */
  locate(direction: Vec3, place: HrtfPlace): void;
  /** Splines of magnitude, phase and arrival, at a direction (any length above 0; ADM cartesian). */
  interpolate(direction: Vec3, output: EarResponses): void;
  /** The same, by the splines of a triangle that holds the direction: on an edge two may be chosen. */
  interpolateIn(triangle: number, direction: Vec3, output: EarResponses): void;
  /**
   * One pair of responses for a source spread over several directions: the square root of the weighted
   * mean power at each frequency, so that nothing combs, with the phase of the first direction; arrivals
   * are weighted means.
   * @param powers weight of each direction, sum 1
   */
  spread(directions: readonly Vec3[], powers: ArrayLike<number>, output: EarResponses): void;
}

/**
 * Spectra of a set as interpolation wants them, each [direction * 2 + ear][bin]: square roots of the magnitudes, and
 * the spectra of such magnitudes. Roots are interpolated more closely than logarithms, which fall into every notch,
 * or than powers, which know no notches.
 */
interface RootSpectra {
  readonly roots: Float32Array;
  readonly real: Float32Array;
  readonly imaginary: Float32Array;
}

/** Makes the tables; `prepare` fills in one response when it is first needed. */
function createRootSpectra(
  { directionCount, tapCount, responses }: HrtfSet,
  size: number,
): RootSpectra & { prepare(response: number): void } {
  const bins = size / 2 + 1;
  const count = 2 * directionCount;
  const fft = createFft(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const isReady = new Uint8Array(count);
  const roots = new Float32Array(count * bins);
  const real = new Float32Array(count * bins);
  const imaginary = new Float32Array(count * bins);
  function prepare(response: number): void {
    if (isReady[response]) return;
    isReady[response] = 1;
    re.fill(0);
    im.fill(0);
    const start = response * tapCount;
    for (let n = 0; n < tapCount; n++) re[n] = responses[start + n]!;
    fft.forward(re, im);
    const [first, end] = [response * bins, (response + 1) * bins];
    splitRoots(re, im, roots.subarray(first, end), real.subarray(first, end), imaginary.subarray(first, end));
  }
  return { roots, real, imaginary, prepare };
}

// Loops of their own, outside all closures: an engine works them out once for all sets and keeps what it learned.

/** Square roots of magnitudes, and the spectrum divided by them. */
function splitRoots(
  re: Float64Array,
  im: Float64Array,
  roots: Float32Array,
  real: Float32Array,
  imaginary: Float32Array,
): void {
  for (let k = 0; k < roots.length; k++) {
    const root = Math.sqrt(Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!));
    roots[k] = root;
    real[k] = root > 0 ? re[k]! / root : 0;
    imaginary[k] = root > 0 ? im[k]! / root : 0;
  }
}

/** The weighted sum of one ear's rows [direction * 2 + ear][bin]; four at a time, the last ones perhaps without weight. */
function mixRows(sum: Float64Array, rows: Float32Array, stencil: SplineStencil, ear: number): void {
  const { indices, weights, count } = stencil;
  const bins = sum.length;
  const startOf = (j: number): number => (2 * indices[Math.min(j, count - 1)]! + ear) * bins;
  const weightOf = (j: number): number => (j < count ? weights[j]! : 0);
  sum.fill(0);
  for (let j = 0; j < count; j += 4) {
    const [a, b, c, d] = [startOf(j), startOf(j + 1), startOf(j + 2), startOf(j + 3)];
    const [wa, wb, wc, wd] = [weightOf(j), weightOf(j + 1), weightOf(j + 2), weightOf(j + 3)];
    for (let k = 0; k < bins; k++)
      sum[k]! += wa * rows[a + k]! + wb * rows[b + k]! + wc * rows[c + k]! + wd * rows[d + k]!;
  }
}

/** Gives each bin the square of its root as its magnitude; roots below 0 count as 0. */
function setLengths(re: Float64Array, im: Float64Array, roots: Float64Array): void {
  for (let k = 0; k < roots.length; k++) {
    const root = Math.max(0, roots[k]!);
    const length = Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!);
    const scale = length > 1e-9 ? (root * root) / length : 0;
    re[k]! *= scale;
    im[k]! *= scale;
  }
}

/** The spectrum of left + i right, of both halves [2 (bins - 1)]. */
function joinEars(
  leftRe: Float64Array,
  leftIm: Float64Array,
  rightRe: Float64Array,
  rightIm: Float64Array,
  re: Float64Array,
  im: Float64Array,
): void {
  const half = leftRe.length - 1;
  for (let k = 0; k <= half; k++) {
    re[k] = leftRe[k]! - rightIm[k]!;
    im[k] = leftIm[k]! + rightRe[k]!;
    if (k === 0 || k === half) continue;
    re[2 * half - k] = leftRe[k]! + rightIm[k]!;
    im[2 * half - k] = rightRe[k]! - leftIm[k]!;
  }
}

/**
 * Time-aligned interpolation by splines over the spherical Delaunay triangulation of a set. Throws HrtfError when the
 * directions leave a gap of a hemisphere or more.
 */
export function createHrtfInterpolator(hrtf: HrtfSet): HrtfInterpolator {
  const { tapCount, directionCount, directionsDeg, arrivalSamples } = hrtf;
  const points = Array.from({ length: directionCount }, (_, i) =>
    polarToCartesian(directionsDeg[2 * i]!, directionsDeg[2 * i + 1]!),
  );
  const triangulation = triangulateSphere(points);
  if (!triangulation)
    throw new HrtfError(
      'hrtf-directions',
      `the ${directionCount} directions of "${hrtf.name}" do not surround the head`,
      { hint: 'use a set that covers the sphere, or at least more than a half of it' },
    );
  const triangles = triangulation.vertices;
  const locate = createTriangleFinder(points, triangulation);
  const weigh = createSplineWeights(points, triangles);
  const size = nextPowerOfTwo(1.5 * tapCount);
  const bins = size / 2 + 1;
  const { roots, real, imaginary, prepare } = createRootSpectra(hrtf, size);
  const fft = createFft(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const earRe = [new Float64Array(bins), new Float64Array(bins)] as const;
  const earIm = [new Float64Array(bins), new Float64Array(bins)] as const;
  const earPowers = [new Float64Array(bins), new Float64Array(bins)] as const;
  const rootSums = new Float64Array(bins);
  const here = createHrtfPlace();
  const stencil = createSplineStencil();
  const unit: [number, number, number] = [0, 0, 0];

  /** Interpolates the phases of one ear at the stencil, and its magnitudes unless it is given powers. */
  function earSpectrum(ear: 0 | 1, powers: Float64Array | undefined): void {
    const [sumRe, sumIm] = [earRe[ear], earIm[ear]];
    for (let j = 0; j < stencil.count; j++) prepare(2 * stencil.indices[j]! + ear);
    mixRows(rootSums, roots, stencil, ear);
    mixRows(sumRe, real, stencil, ear);
    mixRows(sumIm, imaginary, stencil, ear);
    if (powers) for (let k = 0; k < bins; k++) rootSums[k] = powers[k]! ** 0.25;
    setLengths(sumRe, sumIm, rootSums);
    sumIm[0] = 0;
    sumIm[bins - 1] = 0;
  }

  /** Both ears through one complex inverse transform, as left + i right. */
  function toResponses(output: EarResponses): void {
    joinEars(earRe[0], earIm[0], earRe[1], earIm[1], re, im);
    fft.inverse(re, im);
    for (let n = 0; n < tapCount; n++) {
      output.left[n] = re[n]!;
      output.right[n] = im[n]!;
    }
  }

  /** Adds the weighted powers and arrivals of a place. */
  function addPlace({ indices, weights }: HrtfPlace, weight: number, output: EarResponses): void {
    for (let j = 0; j < 3; j++)
      for (let ear = 0; ear < 2; ear++) {
        const response = 2 * indices[j]! + ear;
        const share = weight * weights[j]!;
        output.arrivalSamples[ear]! += share * arrivalSamples[response]!;
        prepare(response);
        const powers = earPowers[ear as 0 | 1];
        for (let k = 0, at = response * bins; k < bins; k++, at++) powers[k]! += share * roots[at]! ** 4;
      }
  }

  /** Finds a place, wherever the search before it ended: on an edge the triangle must not depend on that. */
  function find(direction: Vec3): void {
    here.triangle = -1;
    locate(direction, here);
  }

  function stencilIn(triangle: number, [x, y, z]: Vec3): void {
    const length = Math.sqrt(x * x + y * y + z * z);
    unit[0] = x / length;
    unit[1] = y / length;
    unit[2] = z / length;
    weigh(unit, triangle, stencil);
  }

  function interpolateIn(triangle: number, direction: Vec3, output: EarResponses): void {
    stencilIn(triangle, direction);
    earSpectrum(0, undefined);
    earSpectrum(1, undefined);
    toResponses(output);
    output.arrivalSamples.fill(0);
    for (let j = 0; j < stencil.count; j++)
      for (let ear = 0; ear < 2; ear++)
        output.arrivalSamples[ear]! += stencil.weights[j]! * arrivalSamples[2 * stencil.indices[j]! + ear]!;
  }

  return {
    hrtf,
    triangles,
    locate,
    interpolateIn,
    interpolate(direction, output) {
      find(direction);
      interpolateIn(here.triangle, direction, output);
    },
    spread(directions, powers, output) {
      earPowers[0].fill(0);
      earPowers[1].fill(0);
      output.arrivalSamples.fill(0);
      for (let i = 0; i < directions.length; i++) {
        find(directions[i]!);
        addPlace(here, powers[i]!, output);
      }
      find(directions[0]!);
      stencilIn(here.triangle, directions[0]!);
      earSpectrum(0, earPowers[0]);
      earSpectrum(1, earPowers[1]);
      toResponses(output);
    },
  };
}
