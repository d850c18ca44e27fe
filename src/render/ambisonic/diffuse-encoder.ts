import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { getLayout } from '../../layouts/built-in.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { ObjectBlock } from '../../scene/scene.ts';
import { pointPlacement } from '../binaural/ear-filters.ts';
import { createMatrixProcessor } from '../downmix/matrix-processor.ts';
import { createHopProcessor } from '../../dsp/hop-processor.ts';
import { decorrelatorDelaySamples, designDecorrelators } from '../panner/decorrelators.ts';
import { createObjectGains } from '../panner/object-gains.ts';
import type { Encoding } from './encoding.ts';

/** The kernels that ambisonic renders take. */
export type AmbisonicKernels = Pick<Kernels, 'createMix' | 'createChannelConvolver'>;

/**
 * Loudspeakers that the diffuse part of objects is played on before it is encoded: the largest layout of BS.2051,
 * 9+10+3. Decorrelated signals are what makes sound diffuse in BS.2127, and they need places to stand.
 */
const layout: Layout = { ...getLayout('9+10+3'), screen: null };

/** Number of signals that `createDiffuseStage` takes behind the direct ones; LFEs stay silent. */
export const diffuseSignalCount = layout.loudspeakers.length;

/** Writes the gains of a block's diffuse part [signal]; the gain is linear, on top of the block's own. */
export type DiffuseGainWriter = (block: ObjectBlock, gain: number, gains: Float64Array) => void;

/** Makes the writer of diffuse gains. Channel lock, zone exclusion and screens, which speak of a room, are left out. */
export function createDiffuseGains(): DiffuseGainWriter {
  const writeGains = createObjectGains(layout);
  return (block, gain, gains) => {
    if (block.diffuse === 0) gains.fill(0);
    else
      writeGains(
        { ...block, channelLock: undefined, zoneExclusion: [] },
        gain * Math.sqrt(block.diffuse),
        gains,
      );
  };
}

/** Frames that are decorrelated at once; a multiple of 16, as the convolver wants it. */
const hopFrames = 1536;

/**
 * Makes the last stage of a render with diffuse objects: the signal of every loudspeaker goes through its decorrelator
 * (BS.2127-1 clause 7.4) and is encoded where that stands, what is not diffuse waits as long, and both are added.
 * Inputs: ambisonic channels [outputCount], then diffuse signals [diffuseSignalCount].
 */
export function createDiffuseStage(
  kernels: AmbisonicKernels,
  encoding: Encoding,
  outputCount: number,
): Processor {
  const convolver = kernels.createChannelConvolver({ filters: designDecorrelators(layout), hopFrames });
  const encoder = createMatrixProcessor(
    kernels,
    encodingMatrix(encoding, outputCount),
    diffuseSignalCount,
    outputCount,
  );
  const rows = (count: number, length: number): Float32Array[] =>
    Array.from({ length: count }, () => new Float32Array(length));
  const silence = rows(diffuseSignalCount, hopFrames);
  const diffuse: Float32Array[] = rows(diffuseSignalCount, 0);
  const decorrelated = { channels: rows(diffuseSignalCount, hopFrames), frameCount: hopFrames };
  const encoded = { channels: rows(outputCount, hopFrames), frameCount: hopFrames };
  /** [ambisonic channel][the samples that wait, then the hop] */
  const lines = rows(outputCount, decorrelatorDelaySamples + hopFrames);
  return createHopProcessor({
    inputChannelCount: outputCount + diffuseSignalCount,
    outputChannelCount: outputCount,
    hopFrames,
    engineDelaySamples: decorrelatorDelaySamples,
    engine: {
      processHop(inputs, outputs) {
        for (let i = 0; i < diffuseSignalCount; i++) diffuse[i] = inputs[outputCount + i]!;
        convolver.processHop(diffuse, silence, decorrelated.channels);
        encoder.process(decorrelated, encoded);
        for (let channel = 0; channel < outputCount; channel++) {
          const line = lines[channel]!;
          line.copyWithin(0, hopFrames);
          line.set(inputs[channel]!, decorrelatorDelaySamples);
          const spread = encoded.channels[channel]!;
          const output = outputs[channel]!;
          for (let frame = 0; frame < hopFrames; frame++) output[frame] = line[frame]! + spread[frame]!;
        }
      },
      reset() {
        for (const line of lines) line.fill(0);
        convolver.reset();
        encoder.reset();
      },
    },
  });
}

/** Encoding of every loudspeaker at its place [output][signal]; LFEs 0. */
function encodingMatrix(encoding: Encoding, outputCount: number): Float64Array {
  const matrix = new Float64Array(outputCount * diffuseSignalCount);
  const gains = new Float64Array(outputCount);
  for (const [signal, { azimuthDeg, elevationDeg, isLfe }] of layout.loudspeakers.entries()) {
    if (isLfe) continue;
    encoding.encode(pointPlacement(azimuthDeg, elevationDeg), gains);
    for (let output = 0; output < outputCount; output++)
      matrix[output * diffuseSignalCount + signal] = gains[output]!;
  }
  return matrix;
}
