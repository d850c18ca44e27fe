import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { ConfigError } from '../../base/errors.ts';
import { kWeighting } from '../../dsp/k-weighting.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import { loudnessWeights } from '../../meter/loudness-weights.ts';
import { createDetectorFilter } from './detector-filter.ts';
import type { DetectorSettings } from './detector-schema.ts';
import type { EffectContext } from './effect.ts';
import { memberRoundFrames } from './process-members.ts';

/** A detector's ear that is none of the members: a render, or the channels of a file. */
export interface OutsideSource {
  readonly latencySamples: number;
  /** Hears the next frames of all channels of the effect. */
  listen(input: AudioBlock): void;
  /** Writes the power of what was heard last in a band. */
  power(band: number, frameCount: number, output: Float32Array): void;
  reset(): void;
}

/** Render that is heard where none is named. */
export const defaultDetectorRender = '7.1.4';

/** Offset of loudness to the mean square in dB: ITU-R BS.1770-5, Annex 1, equation 2. */
const loudnessOffsetDb = -0.691;

/**
 * The source that settings name; undefined where the members themselves are heard.
 * @param bands filters [band][section]
 * @throws ConfigError 'detector-file', 'detector-no-file'
 */
export function createOutsideSource(
  context: EffectContext,
  settings: DetectorSettings,
  bands: readonly (readonly BiquadCoefficients[])[],
): OutsideSource | undefined {
  if (settings.mode === 'render')
    return renderSource(context, settings.render ?? defaultDetectorRender, bands);
  if (settings.mode === 'side-chain') return fileSource(context, settings.file, bands);
  return undefined;
}

/** Momentary loudness without its window: K-weighted, times the weights of the channels, in the scale of LUFS. */
function renderSource(
  { createDetectorRender, startSample, tracks, sampleRateHz, kernels }: EffectContext,
  render: string,
  bands: readonly (readonly BiquadCoefficients[])[],
): OutsideSource {
  const { processor, layout } = createDetectorRender(render, startSample);
  const { outputChannelCount, latencySamples } = processor;
  const scale = 10 ** (loudnessOffsetDb / 10);
  const weights = layout ? loudnessWeights(layout) : Array<number>(outputChannelCount).fill(1);
  const sum = createPowerSum(
    kernels,
    weights.map((weight) => weight * scale),
    bands.map((sections) => [...kWeighting(sampleRateHz), ...sections]),
  );
  const scene: AudioBlock = { channels: tracks.map(() => new Float32Array(0)), frameCount: 0 };
  const rendered = createAudioBlock(outputChannelCount, memberRoundFrames);
  return {
    latencySamples,
    listen({ channels, frameCount }) {
      scene.frameCount = rendered.frameCount = frameCount;
      for (let track = 0; track < tracks.length; track++) scene.channels[track] = channels[track]!;
      processor.process(scene, rendered);
    },
    power: (band, frameCount, output) => sum.write(band, rendered.channels, frameCount, output),
    reset() {
      processor.reset();
      sum.reset();
    },
  };
}

function fileSource(
  { sideChains, kernels }: EffectContext,
  file: string | undefined,
  bands: readonly (readonly BiquadCoefficients[])[],
): OutsideSource {
  if (file === undefined)
    throw new ConfigError('detector-no-file', 'detector.mode is side-chain, and no detector.file is named');
  const channels = sideChains.get(file);
  if (!channels) {
    const known = [...sideChains.keys()].map((name) => `"${name}"`).join(', ') || 'none';
    throw new ConfigError('detector-file', `detector.file is "${file}"; the side chains are: ${known}`);
  }
  const heard = channels.map((): Float32Array => new Float32Array(0));
  const sum = createPowerSum(
    kernels,
    channels.map(() => 1),
    bands,
  );
  return {
    latencySamples: 0,
    listen(input) {
      for (let index = 0; index < channels.length; index++) heard[index] = input.channels[channels[index]!]!;
    },
    power: (band, frameCount, output) => sum.write(band, heard, frameCount, output),
    reset: () => sum.reset(),
  };
}

/** Sum of the powers of channels, each with a weight, behind filters [band][section]. */
function createPowerSum(
  kernels: EffectContext['kernels'],
  weights: readonly number[],
  bands: readonly (readonly BiquadCoefficients[])[],
) {
  const filters = bands.map((sections) => createDetectorFilter(kernels, weights.length, sections));
  return {
    write(band: number, channels: readonly Float32Array[], frameCount: number, output: Float32Array): void {
      const rows = filters[band]!.run(channels, frameCount);
      output.fill(0, 0, frameCount);
      for (let channel = 0; channel < weights.length; channel++) {
        const weight = weights[channel]!;
        const row = rows[channel]!;
        if (weight > 0)
          for (let n = 0; n < frameCount; n++) output[n] = output[n]! + weight * row[n]! * row[n]!;
      }
    },
    reset: () => filters.forEach((filter) => filter.reset()),
  };
}
