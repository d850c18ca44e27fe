import { requireInteger } from '../kernel-options.ts';
import type { BiquadCoefficients, WeightedEnergyKernel } from '../kernels.ts';

/** Filter states below this are set to zero: denormal numbers would cost fifty times the time. */
const smallestState = 1e-20;
/** Inputs below this count as silence. */
const smallestInput = 1e-30;

/** Creates the scalar `WeightedEnergyKernel`: two biquads in transposed direct form II. */
export function createWeightedEnergy(
  channelCount: number,
  stages: readonly [BiquadCoefficients, BiquadCoefficients],
): WeightedEnergyKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  const [first, second] = stages;
  /** [channel][stage][2] */
  const states = new Float64Array(channelCount * 4);

  function accumulateChannel(
    channel: number,
    input: Float32Array,
    from: number,
    to: number,
    sum: number,
  ): number {
    const at = channel * 4;
    let s1 = states[at]!;
    let s2 = states[at + 1]!;
    let t1 = states[at + 2]!;
    let t2 = states[at + 3]!;
    for (let frame = from; frame < to; frame++) {
      const sample = input[frame]!;
      const x = Math.abs(sample) < smallestInput ? 0 : sample;
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
    accumulate(inputs, fromFrame, toFrame, sums) {
      for (let channel = 0; channel < channelCount; channel++) {
        sums[channel] = accumulateChannel(channel, inputs[channel]!, fromFrame, toFrame, sums[channel]!);
      }
    },
    flush() {
      for (let i = 0; i < states.length; i++) if (Math.abs(states[i]!) < smallestState) states[i] = 0;
    },
    reset: () => void states.fill(0),
  };
}
