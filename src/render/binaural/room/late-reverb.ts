import { createFft, nextPowerOfTwo } from '../../../dsp/fft.ts';
import { cosineFade } from '../../../dsp/windows.ts';
import { diffuseCoherence } from '../../../hrtf/diffuse-coherence.ts';
import type { HrtfSet } from '../../../hrtf/hrtf-set.ts';
import type { FeedbackDelayKernel, FeedbackDelayOptions } from '../../../kernels/interfaces/convolvers.ts';
import { earGain, type EarFilters } from '../ear-filters.ts';
import { reverberation } from './room-modes.ts';

/** Lengths of the lines, about a mean free path and more; of many tried, these make all octaves fall most alike. */
const linesSec = [0.01121, 0.01181, 0.0133, 0.0152, 0.01676, 0.01754, 0.01897, 0.02008];

/** Signs of the input into the lines: no row of the mixing matrix, so that no line gets it all back. */
const inputSigns = [1, 1, 1, -1, 1, -1, -1, 1];

/** Half the length of the filters that shape both ears. */
const halfFilterSec = 0.004;

/** Rate that the distance between taps is meant for: there it is one sample. */
const tapRateHz = 48_000;

/**
 * Designs the feedback delay network of the room. What leaves a line is weakened by as many decibels as sound
 * falls in the time that it took; two taps beside the middle make that more at high frequencies.
 */
export function designLateReverb(sampleRateHz: number, hopFrames: number): FeedbackDelayOptions {
  const tapSpacingSamples = Math.max(1, Math.round(sampleRateHz / tapRateHz));
  const lineSamples = linesSec.map((lineSec) => Math.round(lineSec * sampleRateHz));
  const { lowSec, highSec, highHz } = reverberation;
  // An octave falls as its lower part does, which lasts longest.
  const turn = 1 - Math.cos((2 * Math.PI * highHz * 2 ** -0.0625 * tapSpacingSamples) / sampleRateHz);
  const kept = (line: number, decaySec: number): number => 10 ** ((-3 * line) / (sampleRateHz * decaySec));
  const sideGains = lineSamples.map((line) => (kept(line, lowSec) - kept(line, highSec)) / (2 * turn));
  return {
    lineSamples,
    sideGains,
    middleGains: lineSamples.map((line, i) => kept(line, lowSec) - 2 * sideGains[i]!),
    tapSpacingSamples,
    inputGains: inputSigns.map((sign) => sign / Math.sqrt(inputSigns.length)),
    hopFrames,
  };
}

/**
 * Filters that make two ears of the network's two uncorrelated sums: the first goes to both alike, the second to
 * both with opposite signs, so shared out over frequency that power and coherence are those of the set's
 * diffuse field (Menzer and Faller 2009).
 * @returns filters of the first and of the second sum
 */
export function designDiffuseEars(hrtf: HrtfSet): readonly [EarFilters, EarFilters] {
  const half = Math.round(halfFilterSec * hrtf.sampleRateHz);
  const size = nextPowerOfTwo(4 * Math.max(half, hrtf.tapCount));
  const { power, coherence } = diffuseCoherence(hrtf, size);
  const fft = createFft(size);
  const filterOf = (sign: 1 | -1): Float32Array => {
    const real = new Float64Array(size);
    for (let k = 0; k <= size / 2; k++) {
      const magnitude = earGain * Math.sqrt((power[k]! * (1 + sign * coherence[k]!)) / 2);
      real[k] = real[(size - k) % size] = magnitude;
    }
    fft.inverse(real, new Float64Array(size));
    return Float32Array.from({ length: 2 * half + 1 }, (_, n) => {
      const place = n - half;
      return real[(place + size) % size]! * cosineFade(Math.abs(place), 0, half);
    });
  };
  const [same, opposite] = [filterOf(1), filterOf(-1)];
  return [
    { left: same, right: same },
    { left: opposite, right: opposite.map((sample) => -sample) },
  ];
}

/** What both ears hear of an impulse into the network, until it has fallen far below what counts. */
export function lateResponse(
  network: FeedbackDelayKernel,
  ears: readonly [EarFilters, EarFilters],
  sampleRateHz: number,
): EarFilters {
  const { hopFrames } = network;
  const hopCount = Math.ceil((2 * reverberation.lowSec * sampleRateHz) / hopFrames);
  const sums = ears.map(() => new Float32Array(hopCount * hopFrames));
  const input = new Float32Array(hopFrames);
  for (let from = 0; from < hopCount * hopFrames; from += hopFrames) {
    input[0] = from === 0 ? 1 : 0;
    const [first, second] = sums.map((sum) => sum.subarray(from, from + hopFrames));
    network.process(input, first!, second!, 0, hopFrames);
  }
  network.reset();
  const size = nextPowerOfTwo(sums[0]!.length + ears[0].left.length);
  const fft = createFft(size);
  const spectrumOf = (real: Float32Array, imaginary: Float32Array): readonly [Float64Array, Float64Array] => {
    const parts = [new Float64Array(size), new Float64Array(size)] as const;
    parts[0].set(real);
    parts[1].set(imaginary);
    fft.forward(...parts);
    return parts;
  };
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  ears.forEach(({ left, right }, index) => {
    // The sums are real, so the filter left + i right makes both ears with one product.
    const [fr, fi] = spectrumOf(left, right);
    const [sr, si] = spectrumOf(sums[index]!, new Float32Array(0));
    for (let k = 0; k < size; k++) {
      re[k]! += fr[k]! * sr[k]! - fi[k]! * si[k]!;
      im[k]! += fr[k]! * si[k]! + fi[k]! * sr[k]!;
    }
  });
  fft.inverse(re, im);
  return { left: Float32Array.from(re), right: Float32Array.from(im) };
}
