import { expect } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import {
  createLoudnessMeter,
  type LoudnessMeter,
  type LoudnessResult,
} from '../../src/meter/loudness-meter.ts';
import type { Stretch } from '../meter/sine.ts';
import { createReferenceMeter } from './reference-meter.ts';

/** Sample rates of the standards' cases. */
export const ratesHz = [44100, 48000, 96000, 192000];

const kernels = await loadKernels();

/** Below this a window holds next to nothing, and its level is that of filters that ring out. */
const quietLufs = -90;
/** A difference, 0 where both are silent. */
const distance = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b));

/** A meter that plays sines of 1 kHz to itself and is held against the float64 reference all the way. */
export interface MeasuredSines {
  readonly meter: LoudnessMeter;
  /** Plays stretches, whole multiples of 10 ms, and calls back after each 10 ms. */
  play(stretches: readonly Stretch[], listen?: (timeSec: number) => void): void;
  /** The result, when it has been compared with the reference's. */
  result(): LoudnessResult;
}

/**
 * Creates such a meter; momentary and short-term loudness of every 10 ms must be within 0.01 LU of the reference,
 * integrated loudness within 0.005 LU and loudness range within 0.1 LU.
 */
export function measureSines(rateHz: number, weights: readonly number[] = [1, 1]): MeasuredSines {
  const meter = createLoudnessMeter({ kernels, sampleRateHz: rateHz, layout: weights });
  const reference = createReferenceMeter(rateHz, weights);
  const frameCount = rateHz / 100;
  // Ten periods fill 10 ms at all of these rates.
  const sine = Float64Array.from({ length: frameCount }, (_, n) =>
    Math.sin((2 * Math.PI * 1000 * n) / rateHz),
  );
  let bins = 0;
  let worst = 0;
  return {
    meter,
    play(stretches, listen = () => {}) {
      for (const [durationSec, ...levelsDbfs] of stretches) {
        const channels = levelsDbfs.map((level) => Float32Array.from(sine, (x) => x * 10 ** (level / 20)));
        for (let left = Math.round(durationSec * 100); left > 0; left--) {
          meter.process({ channels, frameCount });
          reference.process({ channels, frameCount });
          for (const scale of ['momentaryLufs', 'shortTermLufs'] as const)
            if (reference[scale] > quietLufs)
              worst = Math.max(worst, distance(meter[scale], reference[scale]));
          listen(++bins / 100);
        }
      }
    },
    result() {
      const ours = meter.result();
      const theirs = reference.result();
      expect(worst).toBeLessThan(0.01);
      expect(distance(ours.integratedLufs, theirs.integratedLufs)).toBeLessThan(0.005);
      expect(distance(ours.momentaryMaxLufs, theirs.momentaryMaxLufs)).toBeLessThan(0.01);
      expect(distance(ours.shortTermMaxLufs, theirs.shortTermMaxLufs)).toBeLessThan(0.01);
      expect(distance(ours.loudnessRangeLu, theirs.loudnessRangeLu)).toBeLessThan(0.1);
      return ours;
    },
  };
}

/** The same level in both channels of a stereo signal. */
export const stereo = (stretches: readonly (readonly [number, number])[]): Stretch[] =>
  stretches.map(([durationSec, level]) => [durationSec, level, level]);
