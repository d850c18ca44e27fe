import { requireChannelConvolver, requireFrames } from '../kernel-options.ts';
import type { ChannelConvolverKernel, ChannelConvolverOptions } from '../interfaces/convolvers.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** A bank of filters in the memory of a set: its hop lies in rows at addresses [channel]. */
export interface ConvolverRows {
  readonly inputs: readonly number[];
  /** On the way in what is added, on the way out the results. */
  readonly outputs: readonly number[];
  processHop(): void;
  /** Forgets the audio, that in the inputs too. */
  reset(): void;
}

/** Creates the bank: a transform takes a hop of two channels, in four steps. */
export function createConvolverRows(wasm: WasmInstance, options: ChannelConvolverOptions): ConvolverRows {
  const { filters, hopFrames } = options;
  const { exports } = wasm;
  const tapCount = Math.max(...filters.map((filter) => filter.length));
  const fftLength = 2 ** Math.ceil(Math.log2(Math.max(8, hopFrames / 4 + tapCount - 1)));
  const convolver = exports.createChannelConvolver(filters.length, hopFrames / 4, fftLength);
  filters.forEach((filter, channel) =>
    wasm.copyIn(filter, 0, filter.length, exports.channelFilter(convolver, channel)),
  );
  exports.channelTransformFilters(convolver);
  return {
    inputs: filters.map((_, channel) => exports.channelInput(convolver, channel)),
    outputs: filters.map((_, channel) => exports.channelOutput(convolver, channel)),
    processHop: () => exports.channelProcessHop(convolver),
    reset: () => exports.channelReset(convolver),
  };
}

/** Creates the SIMD `ChannelConvolverKernel`. */
export function createChannelConvolver(
  wasm: WasmInstance,
  options: ChannelConvolverOptions,
): ChannelConvolverKernel {
  requireChannelConvolver(options);
  const { filters, hopFrames } = options;
  const rows = createConvolverRows(wasm, options);
  return {
    channelCount: filters.length,
    hopFrames,
    processHop(inputs, additions, outputs) {
      requireFrames('inputs', inputs, hopFrames);
      requireFrames('additions', additions, hopFrames);
      for (let channel = 0; channel < filters.length; channel++) {
        wasm.copyIn(inputs[channel]!, 0, hopFrames, rows.inputs[channel]!);
        wasm.copyIn(additions[channel]!, 0, hopFrames, rows.outputs[channel]!);
      }
      rows.processHop();
      for (let channel = 0; channel < filters.length; channel++) {
        wasm.copyOut(rows.outputs[channel]!, outputs[channel]!, 0, hopFrames);
      }
    },
    reset: () => rows.reset(),
  };
}
