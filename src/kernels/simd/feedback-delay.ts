import { requireFeedbackDelay, requireFrames } from '../kernel-options.ts';
import type { FeedbackDelayKernel, FeedbackDelayOptions } from '../kernels.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `FeedbackDelayKernel`: four frames of every line at a time. */
export function createFeedbackDelay(wasm: WasmInstance, options: FeedbackDelayOptions): FeedbackDelayKernel {
  requireFeedbackDelay(options);
  const { lineSamples, middleGains, sideGains, inputGains, tapSpacingSamples, hopFrames } = options;
  const { exports } = wasm;
  const historyFrames = Math.max(...lineSamples) + tapSpacingSamples;
  const network = exports.createFeedbackDelay(historyFrames, hopFrames, tapSpacingSamples);
  lineSamples.forEach((length, line) =>
    exports.feedbackSetLine(network, line, length, middleGains[line]!, sideGains[line]!, inputGains[line]!),
  );
  const inputAddress = exports.feedbackInput(network);
  const outputAddresses = [0, 1].map((index) => exports.feedbackOutput(network, index));
  return {
    hopFrames,
    processHop(input, first, second) {
      requireFrames('audio', [input, first, second], hopFrames);
      wasm.copyIn(input, 0, hopFrames, inputAddress);
      exports.feedbackProcessHop(network);
      wasm.copyOut(outputAddresses[0]!, first, 0, hopFrames);
      wasm.copyOut(outputAddresses[1]!, second, 0, hopFrames);
    },
    reset: () => exports.feedbackReset(network),
  };
}
