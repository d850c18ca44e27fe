import type { Processor } from '../base/processor.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createHopProcessor } from './hop-processor.ts';

/** Longest filters, in taps, that are served in short and in middling hops. */
const shortTaps = 2048;
const middlingTaps = 16384;

/**
 * Convolves each channel with a filter of its own.
 * @param delaySamples of the filters: place of the tap that belongs to the sample itself
 */
export function createFirProcessor(
  kernels: Kernels,
  filters: readonly Float32Array[],
  delaySamples: number,
): Processor {
  const longest = Math.max(0, ...filters.map(({ length }) => length));
  const hopFrames = longest <= shortTaps ? 1024 : longest <= middlingTaps ? 4096 : 16384;
  const convolver = kernels.createChannelConvolver({ filters, hopFrames });
  const silence = filters.map(() => new Float32Array(hopFrames));
  return createHopProcessor({
    inputChannelCount: filters.length,
    outputChannelCount: filters.length,
    hopFrames,
    engineDelaySamples: delaySamples,
    engine: {
      processHop: (inputs, outputs) => convolver.processHop(inputs, silence, outputs),
      reset: () => convolver.reset(),
    },
  });
}
