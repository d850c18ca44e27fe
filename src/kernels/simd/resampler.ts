import { requireResampler } from '../kernel-options.ts';
import type { ResamplerKernel, ResamplingFir } from '../interfaces/filters.ts';
import { addsTapAfterTap, createResamplerStream } from '../resampler-stream.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `ResamplerKernel`; equal to its scalar twin bit by bit. */
export function createResampler(
  wasm: WasmInstance,
  channelCount: number,
  fir: ResamplingFir,
): ResamplerKernel {
  requireResampler(channelCount, fir);
  const { exports } = wasm;
  const resampler = exports.createResampler(
    channelCount,
    fir.tapCount,
    fir.upFactor,
    fir.downFactor,
    addsTapAfterTap(fir),
  );
  wasm.doubles.set(fir.coefficients, exports.resamplerCoefficients(resampler) / 8);
  exports.resamplerFindSpans(resampler);
  const inputAddress = exports.resamplerInput(resampler);
  const outputAddresses = Array.from({ length: channelCount }, (_, channel) =>
    exports.resamplerOutput(resampler, channel),
  );
  return createResamplerStream(fir, {
    channelCount,
    capacityFrames: exports.resamplerCapacityFrames(resampler),
    chunkFrames: exports.resamplerChunkFrames(),
    outputFrames: exports.resamplerOutputFrames(),
    load(inputs, from, to, at) {
      for (let channel = 0; channel < channelCount; channel++) {
        wasm.copyIn(inputs[channel]!, from, to, inputAddress);
        exports.resamplerLoad(resampler, channel, at, to - from);
      }
    },
    shift: (from, frameCount) => exports.resamplerShift(resampler, from, frameCount),
    clear: (frameCount) => exports.resamplerClear(resampler, frameCount),
    run(at, phase, frameCount, outputs, to) {
      exports.resamplerRun(resampler, at, phase, frameCount);
      for (let channel = 0; channel < channelCount; channel++) {
        wasm.copyOut(outputAddresses[channel]!, outputs[channel]!, to, to + frameCount);
      }
    },
  });
}
