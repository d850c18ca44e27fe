import { requireChannelConvolver, requireFrames } from '../kernel-options.ts';
import type { ChannelConvolverKernel, ChannelConvolverOptions } from '../kernels.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `ChannelConvolverKernel`: a transform takes a hop of two channels, in four steps. */
export function createChannelConvolver(
  wasm: WasmInstance,
  options: ChannelConvolverOptions,
): ChannelConvolverKernel {
  requireChannelConvolver(options);
  const { filters, hopFrames } = options;
  const { exports } = wasm;
  const tapCount = Math.max(...filters.map((filter) => filter.length));
  const fftLength = 2 ** Math.ceil(Math.log2(Math.max(8, hopFrames / 4 + tapCount - 1)));
  const convolver = exports.createChannelConvolver(filters.length, hopFrames / 4, fftLength);
  filters.forEach((filter, channel) =>
    wasm.copyIn(filter, 0, filter.length, exports.channelFilter(convolver, channel)),
  );
  exports.channelTransformFilters(convolver);
  const inputAddresses = filters.map((_, channel) => exports.channelInput(convolver, channel));
  const outputAddresses = filters.map((_, channel) => exports.channelOutput(convolver, channel));
  return {
    channelCount: filters.length,
    hopFrames,
    processHop(inputs, additions, outputs) {
      requireFrames('inputs', inputs, hopFrames);
      requireFrames('additions', additions, hopFrames);
      for (let channel = 0; channel < filters.length; channel++) {
        wasm.copyIn(inputs[channel]!, 0, hopFrames, inputAddresses[channel]!);
        wasm.copyIn(additions[channel]!, 0, hopFrames, outputAddresses[channel]!);
      }
      exports.channelProcessHop(convolver);
      for (let channel = 0; channel < filters.length; channel++) {
        wasm.copyOut(outputAddresses[channel]!, outputs[channel]!, 0, hopFrames);
      }
    },
    reset: () => exports.channelReset(convolver),
  };
}
