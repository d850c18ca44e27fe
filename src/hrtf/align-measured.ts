import { createFft, nextPowerOfTwo, type Fft } from '../dsp/fft.ts';
import { designDiffuseFieldEqualizer, diffuseFieldPower } from './diffuse-field.ts';
import { directionWeights } from './direction-weights.ts';
import type { AlignedSpectra, MeasuredHrtf } from './measured-hrtf.ts';
import { cosineToEar, sphereArrivalSec } from './rigid-sphere.ts';
import { timeOfArrivalSamples } from './time-of-arrival.ts';

/** Steps of the preparation that a set which is good already does not need. */
export interface AlignOptions {
  /** Brings the diffuse field to 0 dB with a minimum-phase equaliser. */
  readonly equalizeDiffuseField: boolean;
  /**
   * Finds the time at the centre of the head for every elevation by itself: for sets whose loudspeaker was moved
   * from one elevation to the next and stood nearer or farther there. One time for all unless given.
   */
  readonly centreElevations?: boolean | undefined;
}

/**
 * Takes measured responses apart into arrival times and aligned spectra. The time at the centre of the head
 * is where a rigid sphere's arrivals fit the measured ones best.
 */
export function alignMeasured(measured: MeasuredHrtf, options: AlignOptions): AlignedSpectra {
  const { directionsDeg, sampleRateHz } = measured;
  const fft = createFft(nextPowerOfTwo(4 * measured.tapCount));
  const spectra = spectraOf(measured, fft);
  const { real, imaginary } = spectra;
  if (options.equalizeDiffuseField) {
    const equalizer = designDiffuseFieldEqualizer(
      fft,
      sampleRateHz,
      diffuseFieldPower(directionWeights(directionsDeg), real, imaginary),
    );
    for (let r = 0; r < real.length; r++)
      multiply(real[r]!, imaginary[r]!, equalizer.real, equalizer.imaginary);
  }
  const { delaySamples } = measured;
  const arrivalSamples = splitArrivals(fft, sampleRateHz, spectra).map(
    (arrival, r) => arrival + (delaySamples?.[r] ?? 0),
  );
  const lateSamples = arrivalSamples.map((arrival, r) => {
    const cosine = cosineToEar(directionsDeg[r & ~1]!, directionsDeg[r | 1]!, r & 1);
    return arrival - sphereArrivalSec(cosine) * sampleRateHz;
  });
  const groups = Array.from(lateSamples, (_, r) =>
    options.centreElevations ? Math.round(directionsDeg[r | 1]!) : 0,
  );
  const centres = groupMeans(lateSamples, groups);
  return {
    sampleRateHz,
    size: fft.size,
    directionsDeg,
    arrivalSamples: arrivalSamples.map((arrival, r) => arrival - centres.get(groups[r]!)!),
    real,
    imaginary,
  };
}

/** Mean of the values of each group. */
function groupMeans(values: Float64Array, groups: readonly number[]): Map<number, number> {
  const totals = new Map<number, { sum: number; count: number }>();
  values.forEach((value, index) => {
    const total = totals.get(groups[index]!) ?? { sum: 0, count: 0 };
    totals.set(groups[index]!, { sum: total.sum + value, count: total.count + 1 });
  });
  return new Map([...totals].map(([group, { sum, count }]) => [group, sum / count]));
}

interface Spectra {
  readonly real: readonly Float64Array[];
  readonly imaginary: readonly Float64Array[];
}

/** Measures the arrival of every response and takes it out of the spectra. @returns samples [direction][ear] */
function splitArrivals(fft: Fft, sampleRateHz: number, { real, imaginary }: Spectra): Float64Array {
  return Float64Array.from(real, (re, r) => {
    const arrival = timeOfArrivalSamples(fft, sampleRateHz, re, imaginary[r]!);
    delaySpectrum(re, imaginary[r]!, -arrival);
    return arrival;
  });
}

/** Spectra of all responses [direction * 2 + ear][bin]. */
function spectraOf({ responses, tapCount }: MeasuredHrtf, fft: Fft): Spectra {
  const real: Float64Array[] = [];
  const imaginary: Float64Array[] = [];
  for (let from = 0; from < responses.length; from += tapCount) {
    const re = new Float64Array(fft.size);
    const im = new Float64Array(fft.size);
    re.set(responses.subarray(from, from + tapCount));
    fft.forward(re, im);
    real.push(re);
    imaginary.push(im);
  }
  return { real, imaginary };
}

/** Multiplies one spectrum by another, in place. */
function multiply(
  real: Float64Array,
  imaginary: Float64Array,
  byReal: Float64Array,
  byImaginary: Float64Array,
): void {
  for (let k = 0; k < real.length; k++) {
    const re = real[k]! * byReal[k]! - imaginary[k]! * byImaginary[k]!;
    imaginary[k] = real[k]! * byImaginary[k]! + imaginary[k]! * byReal[k]!;
    real[k] = re;
  }
}

/** Delays a whole spectrum of a real signal by any number of samples, circularly, in place. */
export function delaySpectrum(real: Float64Array, imaginary: Float64Array, delaySamples: number): void {
  const size = real.length;
  for (let k = 1; k < size; k++) {
    const signed = k <= size / 2 ? k : k - size;
    const phase = (-2 * Math.PI * signed * delaySamples) / size;
    const c = Math.cos(phase);
    const s = Math.sin(phase);
    const re = real[k]! * c - imaginary[k]! * s;
    imaginary[k] = 2 * k === size ? 0 : real[k]! * s + imaginary[k]! * c;
    real[k] = re;
  }
}
