import type { EarConvolverKernel, Kernels, StereoConvolverKernel } from '../../kernels/kernels.ts';
import type { FixedInput } from './fixed-input.ts';

/** A convolver and the hops that go into it. */
export interface Bank<Convolver> {
  readonly inputs: readonly Float32Array[];
  readonly convolver: Convolver;
  /** Adds the next hop of both ears to the outputs. */
  addHop(left: Float32Array, right: Float32Array): void;
}

/** A bank whose inputs have a pair of filters each. */
export type FilterBank = Bank<StereoConvolverKernel>;

/** Makes a bank for a number of inputs; undefined for none. */
export function createFilterBank(
  kernels: Kernels,
  inputCount: number,
  tapCount: number,
  hopFrames: number,
): FilterBank | undefined {
  if (inputCount === 0) return undefined;
  return createBank(
    kernels.createStereoConvolver({ inputCount, tapCount, hopFrames }),
    inputCount,
    hopFrames,
  );
}

/** Puts the inputs of a convolver and its outputs in place. */
export function createBank<Convolver extends StereoConvolverKernel | EarConvolverKernel>(
  convolver: Convolver,
  inputCount: number,
  hopFrames: number,
): Bank<Convolver> {
  const inputs = Array.from({ length: inputCount }, () => new Float32Array(hopFrames));
  const ears = [new Float32Array(hopFrames), new Float32Array(hopFrames)] as const;
  return {
    inputs,
    convolver,
    addHop(left, right) {
      convolver.processHop(inputs, ears[0], ears[1]);
      for (let n = 0; n < hopFrames; n++) {
        left[n]! += ears[0][n]!;
        right[n]! += ears[1][n]!;
      }
    },
  };
}

/** A bank of inputs with fixed filters, set before any audio. */
export function createFixedBank(
  kernels: Kernels,
  fixedInputs: readonly FixedInput[],
  hopFrames: number,
): FilterBank | undefined {
  const tapCount = fixedInputs.reduce(
    (max, { filters }) => Math.max(max, filters.left.length, filters.right.length),
    1,
  );
  const bank = createFilterBank(kernels, fixedInputs.length, tapCount, hopFrames);
  fixedInputs.forEach(({ filters }, input) => bank?.convolver.setFilters(input, filters.left, filters.right));
  return bank;
}
