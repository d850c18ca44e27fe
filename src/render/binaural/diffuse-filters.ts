import type { Vec3 } from '../../base/coordinates.ts';
import { createFft, nextPowerOfTwo } from '../../dsp/fft.ts';
import { cosineFade } from '../../dsp/windows.ts';
import { createEarResponses, type HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import type { EarFilters } from './ear-filters.ts';

/** Number of directions that stand for "everywhere". */
const directionCount = 24;

/** Length of the sound that each direction makes of an impulse, and the fade at its end. */
const spreadSec = 512 / 48000;
const fadeShare = 0.25;

/** Directions on a spiral over the sphere, each with the same share of it. */
function everywhere(): Vec3[] {
  return Array.from({ length: directionCount }, (_, i) => {
    const z = 1 - (2 * i + 1) / directionCount;
    const turn = i * Math.PI * (3 - Math.sqrt(5));
    const radius = Math.sqrt(1 - z * z);
    return [radius * Math.sin(turn), radius * Math.cos(turn), z];
  });
}

/** Chosen among 80 for the ears of the default set: level and coherence come out close to the wanted ones in every band. */
const seed = 66;

/** Numbers 0 .. 1, always the same. */
function createDice(): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Filters that turn one signal into a diffuse field around the listener: each of 24 directions plays it through an
 * all-pass of random phase of its own (10.7 ms, as the decorrelators of BS.2127-1 clause 7.4 have), so that the ears
 * get the coherence that the set has in a diffuse field. The chance that is left in the sum is taken out of the
 * power of both ears together, bin by bin: that is the mean over all directions.
 * @param gain linear, of both ears
 */
export function designDiffuseFilters(
  interpolator: HrtfInterpolator,
  baseDelaySamples: number,
  gain: number,
): EarFilters {
  const { tapCount, sampleRateHz } = interpolator.hrtf;
  const spreadTaps = Math.round(spreadSec * sampleRateHz);
  const outputTaps = spreadTaps + tapCount;
  const fft = createFft(nextPowerOfTwo(2 * outputTaps));
  const pairOf = (): [Float64Array, Float64Array] => [new Float64Array(fft.size), new Float64Array(fft.size)];
  const sums = [pairOf(), pairOf()] as const;
  const powers = new Float64Array(fft.size);
  const responses = createEarResponses(tapCount);
  const dice = createDice();
  for (const direction of everywhere()) {
    interpolator.interpolate(direction, responses);
    const [noiseRe, noiseIm] = designBurst(spreadTaps, fft.size, dice);
    for (const [ear, taps] of [responses.left, responses.right].entries()) {
      const [re, im] = pairOf();
      re.set(taps);
      fft.forward(re, im);
      const [sumRe, sumIm] = sums[ear as 0 | 1];
      for (let k = 0; k < fft.size; k++) {
        powers[k]! += (re[k]! ** 2 + im[k]! ** 2) / directionCount;
        // The arrivals are far shorter than the spread: only their differences matter.
        const turnRad = (-2 * Math.PI * signedBin(k, fft.size) * responses.arrivalSamples[ear]!) / fft.size;
        const [c, s] = [Math.cos(turnRad), Math.sin(turnRad)];
        const [xr, xi] = [noiseRe[k]! * c - noiseIm[k]! * s, noiseRe[k]! * s + noiseIm[k]! * c];
        sumRe[k]! += xr * re[k]! - xi * im[k]!;
        sumIm[k]! += xr * im[k]! + xi * re[k]!;
      }
    }
  }
  for (let k = 0; k < fft.size; k++) {
    const power = sums.reduce((sum, [re, im]) => sum + re[k]! ** 2 + im[k]! ** 2, 0);
    const scale = power > 0 ? gain * Math.sqrt(powers[k]! / power) : 0;
    for (const [re, im] of sums) {
      re[k]! *= scale;
      im[k]! *= scale;
    }
  }
  const [left, right] = sums.map(([re, im]) => {
    fft.inverse(re, im);
    const output = new Float32Array(baseDelaySamples + outputTaps);
    // What lies before time 0 comes from the end of the circle.
    for (let n = -baseDelaySamples; n < outputTaps; n++) {
      const fade = cosineFade(n, outputTaps - tapCount / 4, outputTaps);
      output[n + baseDelaySamples] = fade * re[(n + fft.size) % fft.size]!;
    }
    return output;
  }) as [Float32Array, Float32Array];
  return { left, right };
}

/** Frequency of a bin in bins, negative above half the size. */
const signedBin = (k: number, size: number): number => (k <= size / 2 ? k : k - size);

/** Spectrum of an all-pass of random phase, faded out at its end. */
function designBurst(tapCount: number, size: number, dice: () => number): [Float64Array, Float64Array] {
  const short = createFft(nextPowerOfTwo(tapCount));
  const [re, im] = [new Float64Array(short.size), new Float64Array(short.size)];
  re[0] = 1;
  re[short.size / 2] = 1;
  for (let k = 1; k < short.size / 2; k++) {
    const phase = 2 * Math.PI * dice();
    re[k] = re[short.size - k] = Math.cos(phase);
    im[k] = Math.sin(phase);
    im[short.size - k] = -im[k]!;
  }
  short.inverse(re, im);
  const [longRe, longIm] = [new Float64Array(size), new Float64Array(size)];
  for (let n = 0; n < tapCount; n++) longRe[n] = re[n]! * cosineFade(n, (1 - fadeShare) * tapCount, tapCount);
  createFft(size).forward(longRe, longIm);
  return [longRe, longIm];
}
