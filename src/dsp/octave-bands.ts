import type { OctaveBandDesign } from '../kernels/interfaces/meters.ts';
import { kaiser, sinc } from './windows.ts';

/** Octave filters and their places. */
export interface OctaveBands {
  /** Exact mid-band frequencies, lowest band first [band]. */
  readonly centresHz: readonly number[];
  readonly design: OctaveBandDesign;
}

/** Bands that an octave is parted into. */
export type BandsPerOctave = 1 | 3;

/** Lowest and highest band, by their numbers from 1 kHz: octaves at 31.5 Hz to 16 kHz, thirds at 20 Hz to 20 kHz. */
const bandNumbers: Readonly<Record<BandsPerOctave, readonly [number, number]>> = { 1: [-5, 4], 3: [-17, 13] };
/** Octave of base ten: IEC 61260-1, 5.2. */
const octaveRatio = 10 ** 0.3;
/** A band runs at the lowest rate that its upper edge is at most this share of. */
const highestEdge = 0.256;
/** Upper edge, as a share of the sample rate, from which on the bilinear transform would bend a band pass too much. */
const highestBandPass = 0.4;
/** Seven taps on either side of the half-band filter keep what folds into a band below -90 dB. */
const halfBandTapCount = 7;
const halfBandBeta = 10;

/**
 * Designs filters of octaves or their thirds (IEC 61260-1, base ten): Butterworth band passes of sixth order by the
 * bilinear transform, with both edges where they belong, low bands at halved rates. A band whose upper edge comes near
 * the end of what the sample rate can hold is a high pass of the same order; one whose middle does is left out.
 * @param sampleRateHz 8000..192000
 */
export function designOctaveBands(sampleRateHz: number, bandsPerOctave: BandsPerOctave = 1): OctaveBands {
  const [first, last] = bandNumbers[bandsPerOctave];
  const centresHz = Array.from(
    { length: last - first + 1 },
    (_, band) => 1000 * octaveRatio ** ((first + band) / bandsPerOctave),
  ).filter((centreHz) => centreHz < 0.45 * sampleRateHz);
  const halfBand = octaveRatio ** (1 / (2 * bandsPerOctave));
  const bands = centresHz.map((centreHz) => {
    const [lowerHz, upperHz] = [centreHz / halfBand, centreHz * halfBand];
    const stage = Math.max(0, Math.floor(Math.log2((highestEdge * sampleRateHz) / upperHz)));
    const rateHz = sampleRateHz / 2 ** stage;
    const [lower, upper] = [lowerHz / rateHz, upperHz / rateHz];
    return { stage, ...(upper < highestBandPass ? bandPass(lower, upper) : highPass(lower)) };
  });
  return { centresHz, design: { bands, halfBandTaps: halfBandTaps() } };
}

function halfBandTaps(): number[] {
  const taps = Array.from({ length: halfBandTapCount }, (_, index) => {
    const distance = 2 * index + 1;
    return 0.5 * sinc(distance / 2) * kaiser(distance / (2 * halfBandTapCount), halfBandBeta);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / (4 * sum));
}

/** A band without its place. */
type Filter = Omit<OctaveBandDesign['bands'][number], 'stage'>;

/** Butterworth high pass of sixth order; its edge as a share of the sample rate. */
function highPass(edge: number): Filter {
  const k = Math.tan(Math.PI * edge);
  let gain = 1;
  const sections = [1, 3, 5].map((angle): readonly [number, number] => {
    const damping = 2 * k * Math.cos((angle * Math.PI) / 12);
    const a0 = 1 + damping + k * k;
    gain /= a0;
    return [(2 * (k * k - 1)) / a0, (1 - damping + k * k) / a0];
  });
  return { isHighPass: true, sections, gain };
}

/** A complex number [real, imaginary]. */
type Complex = readonly [number, number];

/** Butterworth band pass of sixth order; edges as shares of the sample rate. */
function bandPass(lower: number, upper: number): Filter {
  const [low, high] = [Math.tan(Math.PI * lower), Math.tan(Math.PI * upper)];
  const width = high - low;
  const square = low * high;
  // The poles of the prototype are -1 and -1/2 +- i sqrt(3)/2: each becomes two, the roots of s^2 - p width s + square.
  const [real1, real2] = roots([-width, 0], square);
  const [upper1, upper2] = roots([-width / 2, (width * Math.sqrt(3)) / 2], square);
  const pairs: readonly (readonly [Complex, Complex])[] = [
    [real1, real2],
    [upper1, [upper1[0], -upper1[1]]],
    [upper2, [upper2[0], -upper2[1]]],
  ];
  const sections = pairs.map(([first, second]) => section(first, second));
  const middleRad = 2 * Math.atan(Math.sqrt(square));
  return {
    isHighPass: false,
    sections,
    gain: 1 / sections.reduce((gain, one) => gain * magnitude(one, middleRad), 1),
  };
}

/** Roots of s^2 - sum s + product. */
function roots(sum: Complex, product: number): [Complex, Complex] {
  const half: Complex = [sum[0] / 2, sum[1] / 2];
  const squared: Complex = [half[0] ** 2 - half[1] ** 2 - product, 2 * half[0] * half[1]];
  const length = Math.hypot(...squared);
  const re = Math.sqrt(Math.max(0, (length + squared[0]) / 2));
  const im = Math.sign(squared[1] || 1) * Math.sqrt(Math.max(0, (length - squared[0]) / 2));
  return [
    [half[0] + re, half[1] + im],
    [half[0] - re, half[1] - im],
  ];
}

/** a1 and a2 of a section with two analogue poles, by z = (1 + s) / (1 - s). */
function section(first: Complex, second: Complex): readonly [number, number] {
  const [a, b] = [first, second].map(([re, im]): Complex => {
    const norm = (1 - re) ** 2 + im ** 2;
    return [(1 - re * re - im * im) / norm, (2 * im) / norm];
  }) as [Complex, Complex];
  return [-(a[0] + b[0]), a[0] * b[0] - a[1] * b[1]];
}

/** Gain of (1 - z^-2) / (1 + a1 z^-1 + a2 z^-2) at an angular frequency. */
function magnitude([a1, a2]: readonly [number, number], omegaRad: number): number {
  const re = 1 + a1 * Math.cos(omegaRad) + a2 * Math.cos(2 * omegaRad);
  const im = a1 * Math.sin(omegaRad) + a2 * Math.sin(2 * omegaRad);
  return (2 * Math.abs(Math.sin(omegaRad))) / Math.hypot(re, im);
}
