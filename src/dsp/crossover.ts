import type { CrossoverFilter } from '../kernels/interfaces/filters.ts';
import { designLowPass, magnitudeAt } from './biquad.ts';
import { designLinearPhaseFir } from './linear-phase-fir.ts';

/** Highest crossover, as a share of the sample rate. */
const highestShare = 0.45;
/** Crossovers are so far apart at least, half an octave: closer, and what lies between is never whole. */
const leastRatio = Math.SQRT2;

/**
 * What is wrong with crossover frequencies: they are to ascend, at least half an octave apart, up to 0.45 of the sample
 * rate.
 * @param sampleRateHz undefined where it is not known: no frequency is too high then
 */
export function crossoverFaults(
  frequenciesHz: readonly number[],
  sampleRateHz?: number,
): { readonly index: number; readonly message: string }[] {
  const highestHz = sampleRateHz === undefined ? Infinity : Math.floor(highestShare * sampleRateHz);
  return frequenciesHz.flatMap((frequencyHz, index) => {
    if (!(frequencyHz > 0 && frequencyHz <= highestHz)) {
      const allowed = sampleRateHz === undefined ? 'above 0' : `at ${sampleRateHz} Hz up to ${highestHz}`;
      return [{ index, message: `found ${frequencyHz}; allowed: ${allowed}` }];
    }
    const belowHz = frequenciesHz[index - 1];
    if (belowHz === undefined || frequencyHz >= belowHz * leastRatio) return [];
    const leastHz = Math.ceil(belowHz * leastRatio);
    const message = `found ${frequencyHz} behind ${belowHz}; allowed: ${leastHz} or more, half an octave above the one before`;
    return [{ index, message }];
  });
}

/**
 * Designs a Linkwitz-Riley crossover of the fourth order (24 dB an octave), -6 dB at its frequency. With the poles
 * D = s^2 + sqrt 2 s + 1, low and high-pass are 1 / D^2 and s^4 / D^2; their sum is (s^2 - sqrt 2 s + 1) / D, an
 * all-pass (Linkwitz 1976). The bilinear transform keeps that at every frequency.
 */
export function designCrossover(frequencyHz: number, sampleRateHz: number): CrossoverFilter {
  const { b0, a1, a2 } = designLowPass(frequencyHz, sampleRateHz);
  return { gain: b0, a1, a2 };
}

/** Low-passes without phase, and the time that everything waits for them. */
export interface LinearPhaseCrossover {
  /** Of each crossover, equally long: what lies below it [crossover][2 * delaySamples + 1]. */
  readonly lowPasses: readonly Float32Array[];
  readonly delaySamples: number;
}

/**
 * Designs crossovers of linear phase, with low-passes of the magnitude of those of `designCrossover`. A band is what one
 * low-pass leaves that the one below does not; so the sum of all is the sound itself.
 */
export function designLinearPhaseCrossover(
  frequenciesHz: readonly number[],
  sampleRateHz: number,
): LinearPhaseCrossover {
  const designs = frequenciesHz.map((frequencyHz) => {
    const section = designLowPass(frequencyHz, sampleRateHz);
    return designLinearPhaseFir((share) => magnitudeAt([section, section], share));
  });
  const delaySamples = Math.max(...designs.map((design) => design.delaySamples));
  const lowPasses = designs.map((design) => {
    const taps = new Float32Array(2 * delaySamples + 1);
    taps.set(design.taps, delaySamples - design.delaySamples);
    return taps;
  });
  return { lowPasses, delaySamples };
}
