import { earBand, earFftLength, earWindow } from '../ear-convolver-plan.ts';
import { requireEarConvolver, requireEarMix, requireFrames, requireResponse } from '../kernel-options.ts';
import type { EarConvolverKernel, EarConvolverOptions } from '../interfaces/convolvers.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `EarConvolverKernel`: two sources a transform. */
export function createEarConvolver(wasm: WasmInstance, options: EarConvolverOptions): EarConvolverKernel {
  requireEarConvolver(options);
  const { sourceCount, responseCount, tapCount, stepFrames, blockSteps, stepCount } = options;
  const hopFrames = stepFrames * stepCount;
  const fftLength = earFftLength(options);
  const band = earBand(fftLength, options.bandwidth);
  const { exports } = wasm;
  const convolver = exports.createEarConvolver(
    sourceCount,
    responseCount,
    tapCount,
    stepFrames,
    blockSteps,
    stepCount,
    fftLength,
    band.length,
  );
  wasm.floats.set(earWindow(stepFrames), exports.earWindow(convolver) / 4);
  wasm.floats.set(band, exports.earBand(convolver) / 4);
  const inputs = Array.from({ length: sourceCount }, (_, source) => exports.earInput(convolver, source));
  const leftTaps = exports.earTaps(convolver) / 4;
  const rightTaps = leftTaps + 4 * Math.ceil(tapCount / 4);
  const outputs = exports.earOutputs(convolver);

  return {
    sourceCount,
    hopFrames,
    setResponse(response, left, right) {
      requireResponse(options, response, left, right);
      const floats = wasm.floats;
      floats.fill(0, leftTaps, rightTaps + 4 * Math.ceil(tapCount / 4));
      floats.set(left, leftTaps);
      floats.set(right, rightTaps);
      exports.earSetResponse(convolver, response);
    },
    setSource(source, step, mix) {
      requireEarMix(options, source, step, mix);
      const { responses, weights, delaySamples, driftSamples } = mix;
      exports.earSetSource(
        convolver,
        source,
        step,
        responses[0]!,
        responses[1]!,
        responses[2]!,
        weights[0]!,
        weights[1]!,
        weights[2]!,
        delaySamples[0]!,
        delaySamples[1]!,
        driftSamples[0]!,
        driftSamples[1]!,
      );
    },
    processHop(channels, left, right) {
      requireFrames('inputs', channels, hopFrames);
      for (let source = 0; source < sourceCount; source++)
        wasm.copyIn(channels[source]!, 0, hopFrames, inputs[source]!);
      exports.earProcessHop(convolver);
      wasm.copyOut(outputs, left, 0, hopFrames);
      wasm.copyOut(outputs + hopFrames * 4, right, 0, hopFrames);
    },
    reset: () => exports.earReset(convolver),
  };
}
