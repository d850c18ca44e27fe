import { requireFilterCascade, requireFrames } from '../kernel-options.ts';
import type { BiquadCoefficients, FilterCascadeKernel } from '../interfaces/filters.ts';

/** States below this are set to zero: denormal numbers would cost fifty times the time. */
const smallestState = 1e-20;
/** Inputs below this count as silence. */
const smallestInput = 1e-30;
/** Frames from one flush of the states to the next, counted from sample 0. */
const flushFrames = 512;

/** Creates the scalar `FilterCascadeKernel`: transposed direct form II. */
export function createFilterCascade(
  sections: readonly (readonly BiquadCoefficients[])[],
): FilterCascadeKernel {
  requireFilterCascade(sections);
  /** [channel][section][2] */
  const states = sections.map((own) => new Float64Array(2 * own.length));
  const line = new Float64Array(flushFrames);
  let position = 0;

  function runChannel(
    channel: number,
    input: Float32Array,
    from: number,
    to: number,
    output: Float32Array,
  ): void {
    const count = to - from;
    for (let n = 0; n < count; n++) {
      const x = input[from + n]!;
      line[n] = Math.abs(x) < smallestInput ? 0 : x;
    }
    const state = states[channel]!;
    for (const [index, { b0, b1, b2, a1, a2 }] of sections[channel]!.entries()) {
      let s1 = state[2 * index]!;
      let s2 = state[2 * index + 1]!;
      for (let n = 0; n < count; n++) {
        const x = line[n]!;
        const y = b0 * x + s1;
        s1 = b1 * x + s2 - a1 * y;
        s2 = b2 * x - a2 * y;
        line[n] = y;
      }
      state[2 * index] = s1;
      state[2 * index + 1] = s2;
    }
    for (let n = 0; n < count; n++) output[from + n] = line[n]!;
  }

  return {
    channelCount: sections.length,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let from = 0, to; from < frameCount; from = to) {
        to = Math.min(frameCount, from + flushFrames - position);
        for (let channel = 0; channel < sections.length; channel++)
          runChannel(channel, inputs[channel]!, from, to, outputs[channel]!);
        position = (position + to - from) % flushFrames;
        if (position > 0) continue;
        for (const state of states)
          for (let i = 0; i < state.length; i++) if (Math.abs(state[i]!) < smallestState) state[i] = 0;
      }
    },
    reset() {
      position = 0;
      for (const state of states) state.fill(0);
    },
  };
}
