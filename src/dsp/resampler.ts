import { UnsupportedError } from '../base/errors.ts';
import type { ResamplingFir } from '../kernels/interfaces/filters.ts';
import { besselI0, sinc } from './windows.ts';

/** A change of sample rate: one linear-phase filter, or two in series, each taken apart into phases. */
export interface ResamplerDesign {
  readonly fromHz: number;
  readonly toHz: number;
  readonly stages: readonly ResamplingFir[];
}

/** The steep filter. Kaiser shape: stop band 184 dB down. */
const steepBeta = 19.4;
/** Its taps at the lower rate times the share of the transition in the band below Nyquist. */
const tapsTimesTransition = 22.3;
/** Its taps at the lower rate times the distance from the -6 dB point to the stop band, likewise. */
const tapsTimesHalfTransition = 12.42;
/** The half-band filter between a rate and its double: flat to 0.56 of the lower Nyquist frequency, 208 dB down from 1.44. */
const halfBand = { lowerTaps: 32, beta: 22, cutoffShare: 1 };
/** Coefficients of one stage at most: 64 MB. */
const maxCoefficients = 8e6;
/** From this ratio on, what the steep filter passes fits the half-band filter, and two stages are cheaper than one. */
const twoStageRatio = 3.6;

/**
 * Where the pass band ends, as a share of the lower Nyquist frequency: at 20 kHz for 44.1 and 48 kHz, 4/5 of
 * Nyquist above and 10/11 below. The stop band begins at Nyquist: nothing folds back, and no image is left.
 */
const passBand = (lowerHz: number): number => Math.min(10 / 11, Math.max(4 / 5, 20000 / (lowerHz / 2)));

/**
 * Designs the change from one sample rate to another: sincs under Kaiser windows (Kaiser 1974), in float64. The
 * gain is within 0.0005 dB up to the end of the pass band. The delay is zero: output sample n lies at the time
 * n / toHz of the input. From four times the rate, or to a quarter, a short filter doubles or halves the higher one.
 * @throws UnsupportedError 'sample-rates' where rates are not positive integers, or have so odd a ratio that its
 * filter would be too large
 */
export function designResampler(fromHz: number, toHz: number): ResamplerDesign {
  for (const rateHz of [fromHz, toHz]) {
    if (Number.isInteger(rateHz) && rateHz > 0) continue;
    throw new UnsupportedError('sample-rates', `sample rate ${rateHz} Hz; a whole number above 0 is allowed`);
  }
  const lowerHz = Math.min(fromHz, toHz);
  const higherHz = Math.max(fromHz, toHz);
  const lowerTaps = Math.ceil(tapsTimesTransition / (1 - passBand(lowerHz)) / 8) * 8;
  const steep = { lowerTaps, beta: steepBeta, cutoffShare: 1 - tapsTimesHalfTransition / lowerTaps };
  if (higherHz < twoStageRatio * lowerHz || higherHz % 2 !== 0) {
    return { fromHz, toHz, stages: [designStage(fromHz, toHz, steep)] };
  }
  const middleHz = higherHz / 2;
  const stages =
    toHz > fromHz
      ? [designStage(fromHz, middleHz, steep), designStage(middleHz, toHz, halfBand)]
      : [designStage(fromHz, middleHz, halfBand), designStage(middleHz, toHz, steep)];
  return { fromHz, toHz, stages };
}

/** One filter; its taps and its cutoff (a share of Nyquist) are those at the lower rate. */
function designStage(
  fromHz: number,
  toHz: number,
  { lowerTaps, beta, cutoffShare }: { lowerTaps: number; beta: number; cutoffShare: number },
): ResamplingFir {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const upFactor = toHz / divisor;
  const downFactor = fromHz / divisor;
  const stretch = Math.max(1, fromHz / toHz);
  const tapCount = Math.ceil((lowerTaps * stretch) / 8) * 8;
  if (tapCount * upFactor > maxCoefficients) {
    throw new UnsupportedError(
      'sample-rates',
      `${fromHz} Hz cannot become ${toHz} Hz: their ratio is ${upFactor}/${downFactor}, and its filter too large`,
      { hint: 'rates with a large common divisor, such as 44100 and 48000, are allowed' },
    );
  }
  const reach = (lowerTaps * stretch) / 2;
  const coefficients = new Float64Array(upFactor * tapCount);
  const scale = cutoffShare / stretch / besselI0(beta);
  for (let phase = 0; phase < upFactor; phase++) {
    for (let tap = 0; tap < tapCount; tap++) {
      const distance = tap - tapCount / 2 + 1 - phase / upFactor;
      const inside = 1 - (distance / reach) ** 2;
      // The edge itself would stand on one side only.
      if (inside <= 0) continue;
      coefficients[phase * tapCount + tap] =
        scale * sinc((cutoffShare / stretch) * distance) * besselI0(beta * Math.sqrt(inside));
    }
  }
  return { upFactor, downFactor, tapCount, coefficients };
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** Length of a programme at its new rate: the nearest whole number of frames, at least 1 where there was one. */
export function resampledFrames(
  frameCount: number,
  { fromHz, toHz }: Pick<ResamplerDesign, 'fromHz' | 'toHz'>,
): number {
  return frameCount === 0 ? 0 : Math.max(1, Math.floor((2 * frameCount * toHz + fromHz) / (2 * fromHz)));
}

/** Changes the rate of one whole channel in float64: the reference of the kernels. */
export function resampleChannel(input: Float64Array, design: ResamplerDesign): Float64Array {
  let signal = input;
  let start = 0;
  for (const [index, fir] of design.stages.entries()) {
    const next = design.stages[index + 1];
    const wanted = resampledFrames(input.length, design);
    // Between two stages, what the first gives before and behind the programme counts too.
    const margin = next ? next.tapCount : 0;
    const count = next ? Math.ceil((wanted * next.downFactor) / next.upFactor) : wanted;
    signal = applyStage(signal, start, fir, -margin, count + margin);
    start = -margin;
  }
  return signal;
}

/** Output frames [from, to) of one stage; input[0] is frame `start`, and all outside the input is silence. */
function applyStage(
  input: Float64Array,
  start: number,
  { upFactor, downFactor, tapCount, coefficients }: ResamplingFir,
  from: number,
  to: number,
): Float64Array {
  const output = new Float64Array(to - from);
  for (let n = from; n < to; n++) {
    const newest = Math.floor((n * downFactor) / upFactor);
    const row = (n * downFactor - newest * upFactor) * tapCount;
    const oldest = newest - tapCount / 2 + 1 - start;
    const end = Math.min(tapCount, input.length - oldest);
    let sum = 0;
    for (let tap = Math.max(0, -oldest); tap < end; tap++)
      sum += coefficients[row + tap]! * input[oldest + tap]!;
    output[n - from] = sum;
  }
  return output;
}
