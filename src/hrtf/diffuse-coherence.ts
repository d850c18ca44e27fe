import { createFft } from '../dsp/fft.ts';
import { directionWeights } from './direction-weights.ts';
import type { HrtfSet } from './hrtf-set.ts';

/** What a set makes of sound from everywhere. */
export interface DiffuseCoherence {
  /** Mean power of both ears [bin], 0..size/2. */
  readonly power: Float64Array;
  /** Real part of the coherence between the ears [bin], -1..1. */
  readonly coherence: Float64Array;
}

/**
 * Diffuse-field power of a set and the coherence between its ears: sums over all directions, by their share of the
 * sphere, arrivals included (Lindau and others 2012 on the perception of such fields).
 * @param size of the transform, a power of two, at least the length of the responses
 */
export function diffuseCoherence(hrtf: HrtfSet, size: number): DiffuseCoherence {
  const { tapCount, responses, directionCount, arrivalSamples } = hrtf;
  const weights = directionWeights(hrtf.directionsDeg);
  const fft = createFft(size);
  const bins = size / 2 + 1;
  const real = [new Float64Array(size), new Float64Array(size)] as const;
  const imaginary = [new Float64Array(size), new Float64Array(size)] as const;
  const power = new Float64Array(bins);
  const cross = new Float64Array(bins);
  const powers = [new Float64Array(bins), new Float64Array(bins)] as const;
  for (let d = 0; d < directionCount; d++) {
    for (let ear = 0 as 0 | 1; ear < 2; ear++) {
      const from = (2 * d + ear) * tapCount;
      real[ear].fill(0);
      imaginary[ear].fill(0);
      real[ear].set(responses.subarray(from, from + tapCount));
      fft.forward(real[ear], imaginary[ear]);
    }
    const lagSamples = arrivalSamples[2 * d]! - arrivalSamples[2 * d + 1]!;
    for (let k = 0; k < bins; k++) {
      const [lr, li, rr, ri] = [real[0][k]!, imaginary[0][k]!, real[1][k]!, imaginary[1][k]!];
      const turnRad = (-2 * Math.PI * k * lagSamples) / size;
      const [same, crossed] = [lr * rr + li * ri, li * rr - lr * ri];
      cross[k]! += weights[d]! * (same * Math.cos(turnRad) - crossed * Math.sin(turnRad));
      powers[0][k]! += weights[d]! * (lr * lr + li * li);
      powers[1][k]! += weights[d]! * (rr * rr + ri * ri);
    }
  }
  const coherence = cross.map((value, k) => {
    power[k] = (powers[0][k]! + powers[1][k]!) / 2;
    const both = Math.sqrt(powers[0][k]! * powers[1][k]!);
    return both > 0 ? Math.max(-1, Math.min(1, value / both)) : 1;
  });
  return { power, coherence };
}
