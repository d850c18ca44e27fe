import { requireFrames, requireNoiseShaper } from '../kernel-options.ts';
import type { NoiseShaperOptions, QuantizerKernel } from '../interfaces/quantizers.ts';
import { counterStep, hashCounter } from '../noise-counter.ts';

/** Inputs below this count as silence: denormal numbers would cost many times the time. */
const smallestInput = 1e-30;

/** Creates the scalar noise shaper; equal to its SIMD twin bit by bit. */
export function createNoiseShaper(options: NoiseShaperOptions): QuantizerKernel {
  requireNoiseShaper(options);
  const { bitDepth, inputGain = 1, seeds } = options;
  const errorFilter = Float32Array.from(options.errorFilter);
  const order = errorFilter.length;
  const gain = Math.fround(inputGain);
  const scale = 2 ** (bitDepth - 1);
  const counters = seeds.slice();
  /** What earlier errors take off the next samples, the next one first; a zero behind them. [channel][order + 1] */
  const feedbacks = Array.from(seeds, () => new Float32Array(order + 1));

  /** Whole steps and the rest of a step are kept apart, so that float32 holds the rest exactly. */
  function shapeChannel(
    channel: number,
    input: Float32Array,
    frameCount: number,
    output: Float32Array,
  ): void {
    const feedback = feedbacks[channel]!;
    let counter = counters[channel]!;
    for (let frame = 0; frame < frameCount; frame++) {
      counter = (counter + counterStep) | 0;
      const bits = hashCounter(counter);
      const noise = ((bits >>> 16) - (bits & 0xffff)) / 65536;
      const sample = Math.abs(input[frame]!) < smallestInput ? 0 : Math.fround(input[frame]! * gain);
      // Infinity has no rest; twice full scale is clipped as well.
      const exact = Math.max(-2 * scale, Math.min(2 * scale, sample * scale));
      const whole = Math.floor(exact);
      const wanted = Math.fround(exact - whole - feedback[0]!);
      const level = Math.floor(Math.fround(Math.fround(wanted + noise) + 0.5));
      output[frame] = Math.max(-scale, Math.min(scale - 1, whole + level)) / scale;
      const error = Number.isNaN(level) ? 0 : Math.fround(level - wanted);
      for (let tap = 0; tap < order; tap++)
        feedback[tap] = feedback[tap + 1]! + Math.fround(errorFilter[tap]! * error);
    }
    counters[channel] = counter;
  }

  return {
    channelCount: seeds.length,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let channel = 0; channel < seeds.length; channel++)
        shapeChannel(channel, inputs[channel]!, frameCount, outputs[channel]!);
    },
    reset() {
      counters.set(seeds);
      for (const feedback of feedbacks) feedback.fill(0);
    },
  };
}
