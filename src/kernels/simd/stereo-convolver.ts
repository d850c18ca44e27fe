import { InternalError } from '../../base/errors.ts';
import { requireConvolver, requireFrames, requireInteger } from '../kernel-options.ts';
import type { StereoConvolverKernel, StereoConvolverOptions } from '../interfaces/convolvers.ts';
import { planConvolver } from './convolver-plan.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `StereoConvolverKernel`: eight inputs a transform, uniform partitions where filters are long. */
export function createStereoConvolver(
  wasm: WasmInstance,
  options: StereoConvolverOptions,
): StereoConvolverKernel {
  requireConvolver(options);
  const { inputCount, tapCount, hopFrames } = options;
  const { exports } = wasm;
  const { fftLength, stepFrames, partitionCount } = planConvolver(tapCount, hopFrames);
  const convolver = exports.createConvolver(
    inputCount,
    tapCount,
    hopFrames,
    fftLength,
    stepFrames,
    partitionCount,
  );
  const inputAddresses = Array.from({ length: inputCount }, (_, input) =>
    exports.convolverInput(convolver, input),
  );
  const filterAddresses = Array.from({ length: inputCount }, (_, input) =>
    exports.convolverLeftFilter(convolver, input),
  );
  const earBytes = exports.convolverEarBytes(convolver);
  const outputs = exports.convolverOutputs(convolver);

  function copyFilter(taps: ArrayLike<number>, address: number): void {
    const floats = wasm.floats;
    const start = address / 4;
    if (taps.length > tapCount) {
      throw new InternalError(
        'kernel-options',
        `filter of ${taps.length} taps; at most ${tapCount} are allowed`,
      );
    }
    floats.set(taps, start);
    floats.fill(0, start + taps.length, start + tapCount);
  }

  return {
    inputCount,
    hopFrames,
    setFilters(input, left, right) {
      requireInteger('input', input, 0, inputCount - 1);
      copyFilter(left, filterAddresses[input]!);
      copyFilter(right, filterAddresses[input]! + earBytes);
      exports.convolverMarkChanged(convolver, input);
    },
    processHop(inputs, left, right) {
      requireFrames('inputs', inputs, hopFrames);
      for (let input = 0; input < inputCount; input++) {
        wasm.copyIn(inputs[input]!, 0, hopFrames, inputAddresses[input]!);
      }
      exports.convolverProcessHop(convolver);
      wasm.copyOut(outputs, left, 0, hopFrames);
      wasm.copyOut(outputs + hopFrames * 4, right, 0, hopFrames);
    },
    reset: () => exports.convolverReset(convolver),
  };
}
