import { kaiser, sinc } from './windows.ts';

/** Zero crossings of the sinc on each side, and Kaiser shape: 90 dB stop band. */
const crossings = 32;
const beta = 9;

/** Brings impulse responses to another rate, or delays them by part of a sample. */
export interface ResponseResampler {
  /** Writes the new response; its length is the planned one. */
  apply(response: ArrayLike<number>, output: Float32Array | Float64Array): void;
}

/**
 * Plans a windowed sinc for responses of one length: the weights are worked out once for all of them. A
 * response keeps its frequency response (not its amplitude); when the rate falls, what lies above the new
 * Nyquist frequency is taken out.
 * @param options.ratio new rate / old rate
 * @param options.delaySamples delay to add, in samples at the new rate; may be negative
 */
export function designResponseResampler(options: {
  readonly ratio: number;
  readonly delaySamples: number;
  readonly inputTapCount: number;
  readonly outputTapCount: number;
}): ResponseResampler {
  const { ratio, delaySamples, inputTapCount, outputTapCount } = options;
  const cutoff = Math.min(1, ratio);
  const reach = crossings / cutoff;
  const rowLength = Math.floor(2 * reach) + 1;
  const firsts = new Int32Array(outputTapCount);
  const weights = new Float64Array(outputTapCount * rowLength);
  /** Rows known so far, by the place of the sinc between the samples, which comes back again and again. */
  const rows = new Map<number, number>();
  for (let n = 0; n < outputTapCount; n++) {
    const centre = (n - delaySamples) / ratio;
    const first = Math.ceil(centre - reach - 1e-9);
    firsts[n] = first;
    const place = Math.round((centre - first) * 1e8);
    const known = rows.get(place);
    if (known !== undefined) {
      weights.copyWithin(n * rowLength, known * rowLength, (known + 1) * rowLength);
      continue;
    }
    rows.set(place, n);
    for (let i = 0; i < rowLength; i++) {
      const distance = centre - first - i;
      weights[n * rowLength + i] =
        (cutoff / ratio) * sinc(distance * cutoff) * kaiser(distance / reach, beta);
    }
  }
  // Zeros on both sides save the loop its bounds, and one kind of array keeps it fast.
  const padded = new Float64Array(inputTapCount + 2 * rowLength);
  const sums = new Float64Array(outputTapCount);
  return {
    apply(response, output) {
      for (let i = 0; i < inputTapCount; i++) padded[rowLength + i] = response[i]!;
      sumRows(padded, firsts, weights, rowLength, sums);
      output.set(sums);
    },
  };
}

/** sums[n] = weights[n] . padded, from the place that belongs to firsts[n]; what lies outside is 0. */
function sumRows(
  padded: Float64Array,
  firsts: Int32Array,
  weights: Float64Array,
  rowLength: number,
  sums: Float64Array,
): void {
  for (let n = 0; n < sums.length; n++) {
    const start = firsts[n]! + rowLength;
    let sum = 0;
    if (start >= 0 && start + rowLength <= padded.length) {
      const row = n * rowLength;
      for (let i = 0; i < rowLength; i++) sum += weights[row + i]! * padded[start + i]!;
    }
    sums[n] = sum;
  }
}
