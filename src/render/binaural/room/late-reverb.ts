import { createFft, nextPowerOfTwo } from '../../../dsp/fft.ts';
import { cosineFade } from '../../../dsp/windows.ts';
import { diffuseCoherence } from '../../../hrtf/diffuse-coherence.ts';
import type { HrtfSet } from '../../../hrtf/hrtf-set.ts';
import type { FeedbackDelayOptions } from '../../../kernels/kernels.ts';
import { earGain, type EarFilters } from '../ear-filters.ts';
import { reverberation } from './room-modes.ts';

/** Lengths of the lines, about a mean free path and more; of many tried, these make all octaves fall most alike. */
const linesSec = [0.00912, 0.00963, 0.01199, 0.01403, 0.01461, 0.01669, 0.01911, 0.02144];

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
