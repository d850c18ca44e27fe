import { requireFixedConvolver, requireFrames, requirePiece } from '../kernel-options.ts';
import type { FixedConvolverKernel, FixedConvolverOptions } from '../interfaces/convolvers.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `FixedConvolverKernel`: a transform takes a hop of two inputs, in four steps. */
export function createFixedConvolver(
  wasm: WasmInstance,
  options: FixedConvolverOptions,
): FixedConvolverKernel {
  requireFixedConvolver(options);
  const { filters, sendGains, hopFrames } = options;
  const { exports } = wasm;
  const tapCount = filters.reduce((most, { left, right }) => Math.max(most, left.length, right.length), 0);
  const fftLength = 2 ** Math.ceil(Math.log2(Math.max(8, hopFrames / 4 + tapCount - 1)));
  const convolver = exports.createFixedConvolver(filters.length, hopFrames / 4, fftLength);
  const inputs = filters.map((_, input) => exports.fixedInput(convolver, input));
  const outputs = exports.fixedOutputs(convolver);

  /** Brings a filter, or none, to a row of the pair that is set next. */
  function loadFilter(filter: Float32Array | undefined, row: number): void {
    const padded = new Float32Array(fftLength);
    if (filter) padded.set(filter);
    wasm.copyIn(padded, 0, fftLength, exports.fixedFilter(convolver, row));
  }
  for (let input = 0; input < filters.length; input += 2) {
    for (let i = 0; i < 2; i++) {
      loadFilter(filters[input + i]?.left, i);
      loadFilter(filters[input + i]?.right, 4 + i);
    }
    exports.fixedSetFilters(convolver, input / 2);
  }

  sendGains.forEach((gain, input) => {
    if (gain !== 0) exports.fixedAddSend(convolver, input, gain);
  });
  const sendSum = exports.fixedSendSum(convolver);

  return {
    inputCount: filters.length,
    hopFrames,
    load(input, samples, from, to, at) {
      wasm.copyIn(samples, from, to, inputs[input]! + 4 * at);
    },
    send(output, at, fromFrame, toFrame) {
      requirePiece('output', [output], at, at + toFrame - fromFrame, hopFrames);
      const end = at + toFrame - fromFrame;
      wasm.copyIn(output, at, end, sendSum + 4 * fromFrame);
      exports.fixedSend(convolver, fromFrame, toFrame);
      wasm.copyOut(sendSum + 4 * fromFrame, output, at, end);
    },
    processHop: () => exports.fixedProcessHop(convolver),
    store(left, right, at, fromFrame, toFrame) {
      requireFrames('outputs', [left, right], at + toFrame - fromFrame);
      const end = at + toFrame - fromFrame;
      wasm.copyOut(outputs + 4 * fromFrame, left, at, end);
      wasm.copyOut(outputs + 4 * (hopFrames + fromFrame), right, at, end);
    },
    reset: () => exports.fixedReset(convolver),
  };
}
