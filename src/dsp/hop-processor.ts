import type { AudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';

/** Audio in hops of one length. */
export interface HopEngine {
  /** Takes and gives hopFrames of every channel. */
  processHop(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): void;
  reset(): void;
}

/** Settings of `createHopProcessor`. */
export interface HopProcessorOptions {
  readonly inputChannelCount: number;
  readonly outputChannelCount: number;
  readonly hopFrames: number;
  /** Where the inputs of the hop are brought [channel][hopFrames]; arrays of its own where undefined. */
  readonly inputs?: readonly Float32Array[] | undefined;
  /** Delay of the engine itself; the hop is added to it. */
  readonly engineDelaySamples: number;
  readonly engine: HopEngine;
}

/**
 * Serves an engine that works in hops with blocks of any length: hops count from the first sample, so that the
 * length of blocks changes nothing, and the output lags by one hop.
 */
export function createHopProcessor(options: HopProcessorOptions): Processor {
  const { inputChannelCount, outputChannelCount, hopFrames, engine } = options;
  const rows = (count: number): Float32Array[] =>
    Array.from({ length: count }, () => new Float32Array(hopFrames));
  const inputs = options.inputs ?? rows(inputChannelCount);
  const outputs = rows(outputChannelCount);
  let position = 0;

  const exchange = (input: AudioBlock, output: AudioBlock, from: number, count: number): void => {
    for (let channel = 0; channel < inputChannelCount; channel++) {
      const samples = input.channels[channel]!;
      // Views cost as much as copying hundreds of samples.
      inputs[channel]!.set(
        count === samples.length ? samples : samples.subarray(from, from + count),
        position,
      );
    }
    for (let channel = 0; channel < outputChannelCount; channel++)
      output.channels[channel]!.set(outputs[channel]!.subarray(position, position + count), from);
  };

  return {
    inputChannelCount,
    outputChannelCount,
    latencySamples: hopFrames + options.engineDelaySamples,
    process(input, output) {
      for (let from = 0; from < input.frameCount;) {
        const count = Math.min(hopFrames - position, input.frameCount - from);
        exchange(input, output, from, count);
        from += count;
        position += count;
        if (position < hopFrames) continue;
        engine.processHop(inputs, outputs);
        position = 0;
      }
    },
    reset() {
      position = 0;
      for (const output of outputs) output.fill(0);
      engine.reset();
    },
  };
}
