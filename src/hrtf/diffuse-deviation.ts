import { createFft, nextPowerOfTwo } from '../dsp/fft.ts';
import { powerToDb } from '../base/units.ts';
import { smoothThirdOctave } from './diffuse-field.ts';
import { directionWeights } from './direction-weights.ts';
import type { HrtfSet } from './hrtf-set.ts';

/** Band in which a set is judged: below and above, measurements say little. */
const [lowestHz, highestHz] = [300, 12_000];

/** How a set sounds from everywhere at once: its diffuse field, smoothed over third octaves. */
export interface DiffuseDeviation {
  /** Mean level over 300 Hz to 12 kHz; 0 for an equalised set. */
  readonly meanDb: number;
  /** Largest less smallest level there: how much the set colours all that it renders. */
  readonly spanDb: number;
}

/** Measures the diffuse field of a set. */
export function diffuseDeviation(hrtf: HrtfSet): DiffuseDeviation {
  const { tapCount, responses, directionCount, sampleRateHz } = hrtf;
  const weights = directionWeights(hrtf.directionsDeg);
  const fft = createFft(nextPowerOfTwo(2 * tapCount));
  const real = new Float64Array(fft.size);
  const imaginary = new Float64Array(fft.size);
  const power = new Float64Array(fft.size / 2 + 1);
  for (let r = 0; r < 2 * directionCount; r++) {
    real.fill(0);
    imaginary.fill(0);
    real.set(responses.subarray(r * tapCount, (r + 1) * tapCount));
    fft.forward(real, imaginary);
    for (let k = 0; k < power.length; k++)
      power[k]! += (weights[r >> 1]! / 2) * (real[k]! ** 2 + imaginary[k]! ** 2);
  }
  const binOf = (frequencyHz: number): number => Math.round((frequencyHz * fft.size) / sampleRateHz);
  const levelsDb = smoothThirdOctave(power)
    .subarray(binOf(lowestHz), binOf(highestHz) + 1)
    .map(powerToDb);
  return {
    meanDb: levelsDb.reduce((sum, levelDb) => sum + levelDb, 0) / levelsDb.length,
    spanDb: Math.max(...levelsDb) - Math.min(...levelsDb),
  };
}
