import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { DelayGainKernel } from '../interfaces/filters.ts';

/** Inputs below this count as silence: denormal numbers would cost many times the time. */
const smallestInput = 1e-30;
/** Frames that are laid behind the delayed ones at a time. */
const chunkFrames = 1024;

/** Creates the scalar `DelayGainKernel`. */
export function createDelayGain(channelCount: number, delaySamples: number): DelayGainKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  requireInteger('delaySamples', delaySamples, 0, 1 << 20);
  /** [channel][delayed samples, then the newest] */
  const lines = Array.from({ length: channelCount }, () => new Float32Array(delaySamples + chunkFrames));
  return {
    channelCount,
    delaySamples,
    process(inputs, inputGain, gains, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      const factor = Math.fround(inputGain);
      for (let channel = 0; channel < channelCount; channel++) {
        delayChannel(
          lines[channel]!,
          delaySamples,
          inputs[channel]!,
          factor,
          gains,
          frameCount,
          outputs[channel]!,
        );
      }
    },
    reset() {
      for (const line of lines) line.fill(0);
    },
  };
}

function delayChannel(
  line: Float32Array,
  delaySamples: number,
  input: Float32Array,
  inputGain: number,
  gains: Float32Array,
  frameCount: number,
  output: Float32Array,
): void {
  for (let start = 0; start < frameCount; start += chunkFrames) {
    const count = Math.min(chunkFrames, frameCount - start);
    for (let i = 0; i < count; i++) {
      const sample = input[start + i]!;
      line[delaySamples + i] = Math.abs(sample) < smallestInput ? 0 : sample * inputGain;
    }
    for (let i = 0; i < count; i++) output[start + i] = line[i]! * gains[start + i]!;
    line.copyWithin(0, count, count + delaySamples);
  }
}
