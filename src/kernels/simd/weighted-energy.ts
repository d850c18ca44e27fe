import { requireInteger } from '../kernel-options.ts';
import type { BiquadCoefficients } from '../interfaces/filters.ts';
import type { WeightedEnergyKernel } from '../interfaces/meters.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `WeightedEnergyKernel`: two channels a vector, two vectors in flight. */
export function createWeightedEnergy(
  wasm: WasmInstance,
  channelCount: number,
  stages: readonly [BiquadCoefficients, BiquadCoefficients],
): WeightedEnergyKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  const { exports } = wasm;
  const energy = exports.createWeightedEnergy(channelCount);
  const capacityFrames = exports.energyCapacityFrames();
  const firstRow = exports.energyInputs(energy);
  const rowBytes = exports.energyRowBytes();
  const sumsAt = exports.energySums(energy) / 8;
  stages
    .flatMap(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, a1, a2])
    .forEach((value, index) => exports.energySetCoefficient(energy, index, value));

  return {
    channelCount,
    capacityFrames,
    load(inputs, fromFrame, toFrame) {
      requireInteger('toFrame', toFrame, fromFrame, fromFrame + capacityFrames);
      for (let channel = 0; channel < channelCount; channel++) {
        wasm.copyIn(inputs[channel]!, fromFrame, toFrame, firstRow + channel * rowBytes);
      }
      exports.energyLoad(energy, toFrame - fromFrame);
    },
    accumulate(fromFrame, toFrame, sums) {
      requireInteger('toFrame', toFrame, fromFrame, capacityFrames);
      const doubles = wasm.doubles;
      for (let channel = 0; channel < channelCount; channel++) doubles[sumsAt + channel] = sums[channel]!;
      exports.energyAccumulate(energy, fromFrame, toFrame);
      for (let channel = 0; channel < channelCount; channel++) sums[channel] = doubles[sumsAt + channel]!;
    },
    flush: () => exports.energyFlush(energy),
    reset: () => exports.energyReset(energy),
  };
}
