import { requireFrames, requireNoiseShaper } from '../kernel-options.ts';
import type { NoiseShaperOptions, QuantizerKernel } from '../interfaces/quantizers.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD noise shaper: four channels at once. */
export function createNoiseShaper(wasm: WasmInstance, options: NoiseShaperOptions): QuantizerKernel {
  requireNoiseShaper(options);
  const { bitDepth, errorFilter, inputGain = 1, seeds } = options;
  const { exports } = wasm;
  const channelCount = seeds.length;
  const scale = 2 ** (bitDepth - 1);
  const shaper = exports.createNoiseShaper(channelCount, errorFilter.length);
  const rows = [0, 1, 2, 3].map((lane) => exports.noiseShaperRow(shaper, lane));
  const capacityFrames = exports.noiseShaperCapacityFrames();
  for (let i = 0; i < errorFilter.length; i++) exports.noiseShaperSetCoefficient(shaper, i, errorFilter[i]!);
  const reset = (): void => seeds.forEach((seed, channel) => exports.noiseShaperReset(shaper, channel, seed));
  reset();
  return {
    channelCount,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let first = 0; first < channelCount; first += 4) {
        const laneCount = Math.min(4, channelCount - first);
        for (let start = 0; start < frameCount; start += capacityFrames) {
          const end = Math.min(start + capacityFrames, frameCount);
          for (let lane = 0; lane < laneCount; lane++)
            wasm.copyIn(inputs[first + lane]!, start, end, rows[lane]!);
          exports.noiseShaperRun(shaper, first / 4, end - start, inputGain, scale);
          for (let lane = 0; lane < laneCount; lane++)
            wasm.copyOut(rows[lane]!, outputs[first + lane]!, start, end);
        }
      }
    },
    reset,
  };
}
