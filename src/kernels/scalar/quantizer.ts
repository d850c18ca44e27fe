import { requireFrames, requireQuantizer } from '../kernel-options.ts';
import type { QuantizerKernel, QuantizerOptions } from '../interfaces/quantizers.ts';
import { counterStep, hashCounter } from '../noise-counter.ts';

/** Inputs below this count as silence: denormal numbers would cost many times the time. */
const smallestInput = 1e-30;

/** Creates the scalar `QuantizerKernel`; equal to its SIMD twin bit by bit. */
export function createQuantizer({
  bitDepth,
  noise,
  inputGain = 1,
  seeds,
}: QuantizerOptions): QuantizerKernel {
  requireQuantizer(bitDepth, seeds);
  const gain = Math.fround(inputGain);
  const scale = 2 ** (bitDepth - 1);
  const noiseScale = noise === 'none' ? 0 : 1 / 65536;
  const states = seeds.slice();
  return {
    channelCount: seeds.length,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let channel = 0; channel < states.length; channel++) {
        states[channel] = quantise(
          inputs[channel]!,
          frameCount,
          gain,
          outputs[channel]!,
          scale,
          noiseScale,
          noise === 'high-pass',
          states[channel]!,
        );
      }
    },
    reset: () => states.set(seeds),
  };
}

/**
 * Whole steps and the rest of a step are kept apart: a float32 cannot hold 24 bits and the noise below them.
 * @returns the counter after the last sample
 */
function quantise(
  input: Float32Array,
  frameCount: number,
  gain: number,
  output: Float32Array,
  scale: number,
  noiseScale: number,
  isHighPass: boolean,
  state: number,
): number {
  const step = 1 / scale;
  const most = scale - 1;
  // Infinity has no rest; twice full scale is clipped as well.
  const far = 2 * scale;
  let previous = hashCounter(state) >>> 16;
  for (let frame = 0; frame < frameCount; frame++) {
    state = (state + counterStep) | 0;
    const bits = hashCounter(state);
    const upper = bits >>> 16;
    const noise = (upper - (isHighPass ? previous : bits & 0xffff)) * noiseScale;
    previous = upper;
    const sample = Math.abs(input[frame]!) < smallestInput ? 0 : Math.fround(input[frame]! * gain);
    const exact = Math.max(-far, Math.min(far, sample * scale));
    const whole = Math.floor(exact);
    const level = whole + Math.floor(Math.fround(Math.fround(exact - whole + noise) + 0.5));
    output[frame] = (level > most ? most : level < -scale ? -scale : level) * step;
  }
  return state;
}
