import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { DelayGainKernel } from '../interfaces/filters.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `DelayGainKernel`; equal to its scalar twin bit by bit. */
export function createDelayGain(
  wasm: WasmInstance,
  channelCount: number,
  delaySamples: number,
): DelayGainKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  requireInteger('delaySamples', delaySamples, 0, 1 << 20);
  const { exports } = wasm;
  const delay = exports.createDelayGain(channelCount, delaySamples, 0);
  const capacityFrames = exports.delayCapacityFrames();
  const gainsAddress = exports.delayGains(delay);
  const outputAddress = exports.delayOutput(delay);
  const inputAddresses = Array.from({ length: channelCount }, (_, channel) =>
    exports.delayInput(delay, channel),
  );
  return {
    channelCount,
    delaySamples,
    process(inputs, inputGain, gains, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        wasm.copyIn(gains, start, end, gainsAddress);
        for (let channel = 0; channel < channelCount; channel++) {
          wasm.copyIn(inputs[channel]!, start, end, inputAddresses[channel]!);
          exports.delayProcess(delay, channel, end - start, inputGain);
          wasm.copyOut(outputAddress, outputs[channel]!, start, end);
        }
      }
    },
    reset: () => exports.delayReset(delay),
  };
}
