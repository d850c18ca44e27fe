import { requireFilterCascade, requireFrames } from '../kernel-options.ts';
import type { BiquadCoefficients, FilterCascadeKernel } from '../interfaces/filters.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `FilterCascadeKernel`: four channels at once. */
export function createFilterCascade(
  wasm: WasmInstance,
  sections: readonly (readonly BiquadCoefficients[])[],
): FilterCascadeKernel {
  requireFilterCascade(sections);
  const { exports } = wasm;
  const channelCount = sections.length;
  const cascade = exports.createFilterCascade(channelCount, sections[0]!.length);
  const rows = [0, 1, 2, 3].map((lane) => exports.cascadeRow(cascade, lane));
  const capacityFrames = exports.cascadeCapacityFrames();
  for (const [channel, own] of sections.entries())
    for (const [index, { b0, b1, b2, a1, a2 }] of own.entries()) {
      const address = exports.cascadeSection(cascade, channel, index);
      [b0, b1, b2, a1, a2].forEach((value, i) => (wasm.doubles[address / 8 + 4 * i] = value));
    }
  /** Frames since the states were last flushed, at a multiple of the capacity. */
  let position = 0;
  const runGroup = (
    first: number,
    inputs: readonly Float32Array[],
    from: number,
    to: number,
    outputs: readonly Float32Array[],
  ): void => {
    const laneCount = Math.min(4, channelCount - first);
    for (let lane = 0; lane < laneCount; lane++) wasm.copyIn(inputs[first + lane]!, from, to, rows[lane]!);
    exports.cascadeRun(cascade, first / 4, to - from);
    for (let lane = 0; lane < laneCount; lane++) wasm.copyOut(rows[lane]!, outputs[first + lane]!, from, to);
  };
  return {
    channelCount,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      requireFrames('outputs', outputs, frameCount);
      for (let from = 0, to; from < frameCount; from = to) {
        to = Math.min(frameCount, from + capacityFrames - position);
        for (let first = 0; first < channelCount; first += 4) runGroup(first, inputs, from, to, outputs);
        position = (position + to - from) % capacityFrames;
        if (position === 0) exports.cascadeFlush(cascade);
      }
    },
    reset() {
      position = 0;
      exports.cascadeReset(cascade);
    },
  };
}
