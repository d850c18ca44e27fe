import { polarToCartesian, type Vec3 } from '../base/coordinates.ts';
import { HrtfError } from '../base/errors.ts';
import { createFft, nextPowerOfTwo } from '../dsp/fft.ts';
import { triangulateSphere } from '../math/sphere-triangulation.ts';
import { createHrtfPlace, createTriangleFinder, type HrtfPlace } from './triangle-finder.ts';
import type { HrtfSet } from './hrtf-set.ts';

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
  /** Barycentric interpolation of log magnitude, phase and arrival at a place. */
  interpolateAt(place: HrtfPlace, output: EarResponses): void;
  /** The same, at a direction. */
  interpolate(direction: Vec3, output: EarResponses): void;
  /**
   * One pair of responses for a source spread over several directions: the square root of the weighted
   * mean power at each frequency, so that nothing combs, with the phase of the first direction; arrivals
   * are weighted means.
   * @param powers weight of each direction, sum 1
   */
  spread(directions: readonly Vec3[], powers: ArrayLike<number>, output: EarResponses): void;
}

/** Magnitudes below this (-140 dB) count as it, so that logarithms stay finite. */
const magnitudeFloor = 1e-7;

/** Spectra of a set as interpolation wants them, each [direction * 2 + ear][bin]. */
interface SpectrumTables {
  readonly logMagnitudes: Float32Array;
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
  readonly powers: Float32Array;
}

/** Makes the tables; `prepare` fills in one response when it is first needed. */
function createSpectrumTables(
  hrtf: HrtfSet,
  size: number,
): SpectrumTables & { prepare(response: number): void } {
  const bins = size / 2 + 1;
  const count = 2 * hrtf.directionCount;
  const fft = createFft(size);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const isReady = new Uint8Array(count);
  const tables = {
    logMagnitudes: new Float32Array(count * bins),
    cosines: new Float32Array(count * bins),
    sines: new Float32Array(count * bins),
    powers: new Float32Array(count * bins),
  };
  function prepare(response: number): void {
    if (isReady[response]) return;
    isReady[response] = 1;
    real.fill(0);
    imaginary.fill(0);
    const start = response * hrtf.tapCount;
    for (let n = 0; n < hrtf.tapCount; n++) real[n] = hrtf.responses[start + n]!;
    fft.forward(real, imaginary);
    for (let k = 0; k < bins; k++) {
      const magnitude = Math.max(magnitudeFloor, Math.hypot(real[k]!, imaginary[k]!));
      const at = response * bins + k;
      tables.logMagnitudes[at] = Math.log(magnitude);
      tables.cosines[at] = real[k]! / magnitude;
      tables.sines[at] = imaginary[k]! / magnitude;
      tables.powers[at] = magnitude * magnitude;
    }
  }
  return { ...tables, prepare };
}

/**
 * Time-aligned interpolation over the spherical Delaunay triangulation of a set. Throws HrtfError when the
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
  const locate = createTriangleFinder(points, triangulation);
  const size = nextPowerOfTwo(1.5 * tapCount);
  const bins = size / 2 + 1;
  const { logMagnitudes, cosines, sines, powers: responsePowers, prepare } = createSpectrumTables(hrtf, size);
  const fft = createFft(size);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const earRe = [new Float64Array(bins), new Float64Array(bins)] as const;
  const earIm = [new Float64Array(bins), new Float64Array(bins)] as const;
  const powerSums = [new Float64Array(bins), new Float64Array(bins)] as const;
  const here = createHrtfPlace();

  /** Interpolates one ear's spectrum; given powers, they replace the magnitudes. */
  function earSpectrum(place: HrtfPlace, ear: 0 | 1, powers: Float64Array | undefined): void {
    const [a, b, c] = place.indices;
    const [wa, wb, wc] = place.weights;
    for (let j = 0; j < 3; j++) prepare(2 * place.indices[j]! + ear);
    const at = (2 * a! + ear) * bins;
    const bt = (2 * b! + ear) * bins;
    const ct = (2 * c! + ear) * bins;
    const re = earRe[ear];
    const im = earIm[ear];
    for (let k = 0; k < bins; k++) {
      const x = wa! * cosines[at + k]! + wb! * cosines[bt + k]! + wc! * cosines[ct + k]!;
      const y = wa! * sines[at + k]! + wb! * sines[bt + k]! + wc! * sines[ct + k]!;
      const level = powers
        ? Math.sqrt(powers[k]!)
        : Math.exp(
            wa! * logMagnitudes[at + k]! + wb! * logMagnitudes[bt + k]! + wc! * logMagnitudes[ct + k]!,
          );
      const length = Math.sqrt(x * x + y * y);
      const scale = length > 1e-9 ? level / length : 0;
      re[k] = x * scale;
      im[k] = y * scale;
    }
    im[0] = 0;
    im[bins - 1] = 0;
  }

  /** Both ears through one complex inverse transform, as left + i right. */
  function toResponses(output: EarResponses): void {
    for (let k = 0; k < bins; k++) {
      const [lr, li, rr, ri] = [earRe[0][k]!, earIm[0][k]!, earRe[1][k]!, earIm[1][k]!];
      real[k] = lr - ri;
      imaginary[k] = li + rr;
      if (k === 0 || k === bins - 1) continue;
      real[size - k] = lr + ri;
      imaginary[size - k] = rr - li;
    }
    fft.inverse(real, imaginary);
    for (let n = 0; n < tapCount; n++) {
      output.left[n] = real[n]!;
      output.right[n] = imaginary[n]!;
    }
  }

  /** Adds the weighted arrivals of a place. */
  function addArrivals(place: HrtfPlace, weight: number, output: EarResponses): void {
    for (let j = 0; j < 3; j++)
      for (let ear = 0; ear < 2; ear++)
        output.arrivalSamples[ear]! +=
          weight * place.weights[j]! * arrivalSamples[2 * place.indices[j]! + ear]!;
  }

  function addPowers(place: HrtfPlace, weight: number): void {
    for (let j = 0; j < 3; j++)
      for (let ear = 0; ear < 2; ear++) {
        const sums = powerSums[ear as 0 | 1];
        const share = weight * place.weights[j]!;
        prepare(2 * place.indices[j]! + ear);
        const at = (2 * place.indices[j]! + ear) * bins;
        for (let k = 0; k < bins; k++) sums[k]! += share * responsePowers[at + k]!;
      }
  }

  function interpolateAt(place: HrtfPlace, output: EarResponses): void {
    earSpectrum(place, 0, undefined);
    earSpectrum(place, 1, undefined);
    toResponses(output);
    output.arrivalSamples.fill(0);
    addArrivals(place, 1, output);
  }

  return {
    hrtf,
    triangles: triangulation.vertices,
    locate,
    interpolateAt,
    interpolate(direction, output) {
      locate(direction, here);
      interpolateAt(here, output);
    },
    spread(directions, powers, output) {
      powerSums[0].fill(0);
      powerSums[1].fill(0);
      output.arrivalSamples.fill(0);
      for (let i = 0; i < directions.length; i++) {
        locate(directions[i]!, here);
        addPowers(here, powers[i]!);
        addArrivals(here, powers[i]!, output);
      }
      locate(directions[0]!, here);
      earSpectrum(here, 0, powerSums[0]);
      earSpectrum(here, 1, powerSums[1]);
      toResponses(output);
    },
  };
}
