import { requireFrames, requireQuantizer } from '../kernel-options.ts';
import type { QuantizerKernel, QuantizerOptions } from '../interfaces/quantizers.ts';
import { advanceCounter } from '../noise-counter.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `QuantizerKernel`: four steps of the counter at once. */
export function createQuantizer(
  wasm: WasmInstance,
  { bitDepth, noise, inputGain = 1, seeds }: QuantizerOptions,
): QuantizerKernel {
  requireQuantizer(bitDepth, seeds);
  const { exports } = wasm;
  const scale = 2 ** (bitDepth - 1);
  const noiseScale = noise === 'none' ? 0 : 1 / 65536;
  const isHighPass = noise === 'high-pass';
  const states = seeds.slice();
  const buffer = exports.createQuantizer();
  const capacityFrames = exports.quantizerCapacityFrames();
  return {
    channelCount: seeds.length,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let channel = 0; channel < states.length; channel++) {
        for (let start = 0; start < frameCount; start += capacityFrames) {
          const end = Math.min(start + capacityFrames, frameCount);
          wasm.copyIn(inputs[channel]!, start, end, buffer);
          exports.quantize(buffer, end - start, inputGain, scale, noiseScale, isHighPass, states[channel]!);
          wasm.copyOut(buffer, outputs[channel]!, start, end);
          states[channel] = advanceCounter(states[channel]!, end - start);
        }
      }
    },
    reset: () => states.set(seeds),
  };
}
