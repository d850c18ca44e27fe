import { requireMixConvolver } from '../kernel-options.ts';
import type { MixConvolverKernel, MixConvolverOptions } from '../interfaces/convolvers.ts';
import { createChannelConvolver } from './channel-convolver.ts';
import { createMix } from './mix.ts';

/** Creates the scalar `MixConvolverKernel`: a mixer before a convolver, with delay lines beside it. */
export function createMixConvolver(options: MixConvolverOptions): MixConvolverKernel {
  requireMixConvolver(options);
  const { sourceCount, filters, hopFrames, directDelaySamples } = options;
  const channelCount = filters.length;
  const mixer = createMix(sourceCount, 2 * channelCount, hopFrames);
  const convolver = createChannelConvolver({ filters, hopFrames });
  const rows = (length: number): Float32Array[] => filters.map(() => new Float32Array(length));
  /** [channel][the samples that wait, then the hop] */
  const lines = rows(directDelaySamples + hopFrames);
  const hops = lines.map((line) => line.subarray(directDelaySamples));
  const filtered = rows(hopFrames);
  const results = rows(hopFrames);
  const mixed = [...hops, ...filtered];

  return {
    sourceCount,
    outputCount: 2 * channelCount,
    capacityFrames: hopFrames,
    channelCount,
    hopFrames,
    setRamp: mixer.setRamp,
    load: mixer.load,
    mix: mixer.mix,
    processHop() {
      for (const line of lines) line.copyWithin(0, hopFrames);
      mixer.store(mixed, 0, hopFrames);
      mixer.clear(hopFrames);
      convolver.processHop(filtered, lines, results);
    },
    store(outputs, at, fromFrame, toFrame) {
      for (let channel = 0; channel < channelCount; channel++)
        for (let frame = fromFrame; frame < toFrame; frame++)
          outputs[channel]![at + frame - fromFrame] = results[channel]![frame]!;
    },
    reset() {
      mixer.clear(hopFrames);
      convolver.reset();
      for (const row of [...lines, ...results]) row.fill(0);
    },
  };
}
