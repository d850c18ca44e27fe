import { requireFeedbackDelay, requirePiece } from '../kernel-options.ts';
import type { FeedbackDelayKernel, FeedbackDelayOptions } from '../interfaces/convolvers.ts';
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
    process(input, first, second, from, to) {
      requirePiece('audio', [input, first, second], from, to, hopFrames);
      wasm.copyIn(input, from, to, inputAddress);
      exports.feedbackProcess(network, to - from);
      wasm.copyOut(outputAddresses[0]!, first, from, to);
      wasm.copyOut(outputAddresses[1]!, second, from, to);
    },
    reset: () => exports.feedbackReset(network),
  };
}
