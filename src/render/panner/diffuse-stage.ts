import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { createHopProcessor } from '../hop-processor.ts';
import { decorrelatorDelaySamples, designDecorrelators } from './decorrelators.ts';

/** Four steps of 1536 frames: with the 512 taps of the filters, transforms of 2048 are fastest. */
const hopFrames = 4 * 1536;

/**
 * Makes the last stage of BS.2127-1 clause 7.1: the diffuse signal of every loudspeaker goes through its
 * decorrelator, the direct one waits for as long as the filter's middle lies behind its start, and both are added.
 * Inputs: direct signals [loudspeaker], then diffuse signals [loudspeaker].
 */
export function createDiffuseStage(kernels: Kernels, layout: Layout): Processor {
  const count = layout.loudspeakers.length;
  const convolver = kernels.createChannelConvolver({ filters: designDecorrelators(layout), hopFrames });
  /** [loudspeaker][the samples that wait, then the hop] */
  const lines = layout.loudspeakers.map(() => new Float32Array(decorrelatorDelaySamples + hopFrames));
  const diffuse: Float32Array[] = lines.map(() => new Float32Array(0));
  return createHopProcessor({
    inputChannelCount: 2 * count,
    outputChannelCount: count,
    hopFrames,
    engineDelaySamples: decorrelatorDelaySamples,
    engine: {
      processHop(inputs, outputs) {
        for (let i = 0; i < count; i++) {
          lines[i]!.copyWithin(0, hopFrames);
          lines[i]!.set(inputs[i]!, decorrelatorDelaySamples);
          diffuse[i] = inputs[count + i]!;
        }
        convolver.processHop(diffuse, lines, outputs);
      },
      reset() {
        for (const line of lines) line.fill(0);
        convolver.reset();
      },
    },
  });
}
