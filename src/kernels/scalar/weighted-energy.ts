import { requireInteger } from '../kernel-options.ts';
import type { BiquadCoefficients } from '../interfaces/filters.ts';
import type { WeightedEnergyKernel } from '../interfaces/meters.ts';

/** Filter states below this are set to zero: denormal numbers would cost fifty times the time. */
const smallestState = 1e-20;
/** Inputs below this count as silence. */
const smallestInput = 1e-30;
const capacityFrames = 4096;

/** Creates the scalar `WeightedEnergyKernel`: two biquads in transposed direct form II. */
export function createWeightedEnergy(
  channelCount: number,
  stages: readonly [BiquadCoefficients, BiquadCoefficients],
): WeightedEnergyKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  const [first, second] = stages;
  const rows = Array.from({ length: channelCount }, () => new Float32Array(capacityFrames));
  /** [channel][stage][2] */
  const states = new Float64Array(channelCount * 4);

  function accumulateChannel(channel: number, from: number, to: number, sum: number): number {
    const row = rows[channel]!;
    const at = channel * 4;
    let s1 = states[at]!;
    let s2 = states[at + 1]!;
    let t1 = states[at + 2]!;
    let t2 = states[at + 3]!;
    for (let frame = from; frame < to; frame++) {
      const x = row[frame]!;
      const y = first.b0 * x + s1;
      s1 = first.b1 * x + s2 - first.a1 * y;
      s2 = first.b2 * x - first.a2 * y;
      const z = second.b0 * y + t1;
      t1 = second.b1 * y + t2 - second.a1 * z;
      t2 = second.b2 * y - second.a2 * z;
      sum += z * z;
    }
    states[at] = s1;
    states[at + 1] = s2;
    states[at + 2] = t1;
    states[at + 3] = t2;
    return sum;
  }

  return {
    channelCount,
    capacityFrames,
    load(inputs, fromFrame, toFrame) {
      requireInteger('toFrame', toFrame, fromFrame, fromFrame + capacityFrames);
      for (const [channel, row] of rows.entries()) {
        const input = inputs[channel]!;
        for (let frame = fromFrame; frame < toFrame; frame++) {
          row[frame - fromFrame] = Math.abs(input[frame]!) < smallestInput ? 0 : input[frame]!;
        }
      }
    },
    accumulate(fromFrame, toFrame, sums) {
      requireInteger('toFrame', toFrame, fromFrame, capacityFrames);
      for (let channel = 0; channel < channelCount; channel++) {
        sums[channel] = accumulateChannel(channel, fromFrame, toFrame, sums[channel]!);
      }
    },
    flush() {
      for (let i = 0; i < states.length; i++) if (Math.abs(states[i]!) < smallestState) states[i] = 0;
    },
    reset: () => void states.fill(0),
  };
}
