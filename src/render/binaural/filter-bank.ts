import type { Kernels } from '../../kernels/kernels.ts';
import { addSamples } from './add-samples.ts';
import type { FixedInput } from './fixed-input.ts';

/** A convolver and its inputs. */
export interface FilterBank {
  /** Adds the next hop of both ears to the outputs. */
  addHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** Makes a bank of inputs with fixed filters; undefined for none. */
export function createFilterBank(
  kernels: Kernels,
  inputs: readonly FixedInput[],
  hopFrames: number,
): FilterBank | undefined {
  if (inputs.length === 0) return undefined;
  const tapCount = inputs.reduce(
    (max, { filters }) => Math.max(max, filters.left.length, filters.right.length),
    1,
  );
  const convolver = kernels.createStereoConvolver({ inputCount: inputs.length, tapCount, hopFrames });
  inputs.forEach(({ filters }, input) => convolver.setFilters(input, filters.left, filters.right));
  const hops: Float32Array[] = inputs.map(() => new Float32Array(0));
  const ears = [new Float32Array(hopFrames), new Float32Array(hopFrames)] as const;
  return {
    addHop(startSample, left, right) {
      for (let i = 0; i < inputs.length; i++) hops[i] = inputs[i]!.nextHop(startSample);
      convolver.processHop(hops, ears[0], ears[1]);
      addSamples(left, ears[0]);
      addSamples(right, ears[1]);
    },
    reset() {
      for (const input of inputs) input.reset();
      convolver.reset();
    },
  };
}
