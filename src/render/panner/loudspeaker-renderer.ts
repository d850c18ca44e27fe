import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { createRampMixer } from '../ramp-mixer.ts';
import { createDiffuseStage } from './diffuse-stage.ts';
import {
  createLoudspeakerSources,
  hasDiffuseObjects,
  type LoudspeakerSourcesOptions,
} from './loudspeaker-sources.ts';

/** What `createLoudspeakerRenderer` needs. */
export interface LoudspeakerRendererOptions extends LoudspeakerSourcesOptions {
  readonly kernels: Kernels;
}

/** Frames that go through both stages at once. */
const roundFrames = 4096;

/**
 * Makes the renderer of a scene to loudspeakers (BS.2127-1): gain ramps and, where an object is diffuse, the
 * decorrelators behind them. Without diffuse objects there is no latency, and a bed on its own layout comes out bit
 * for bit. Inputs: `sceneTracks` order; outputs: the loudspeakers of the layout.
 * @throws SceneError, LayoutError as `createLoudspeakerSources`
 */
export function createLoudspeakerRenderer(options: LoudspeakerRendererOptions): Processor {
  const { kernels, layout, scene, startSample = 0 } = options;
  const isDiffuse = hasDiffuseObjects(scene);
  const count = layout.loudspeakers.length;
  const mixer = createRampMixer({
    kernels,
    outputCount: isDiffuse ? 2 * count : count,
    sources: createLoudspeakerSources(options),
    startSample,
  });
  return isDiffuse ? createChain(mixer, createDiffuseStage(kernels, layout)) : mixer;
}

/** One processor after another, in rounds. */
function createChain(first: Processor, second: Processor): Processor {
  const middle = createAudioBlock(first.outputChannelCount, roundFrames);
  const runRound = (input: AudioBlock, output: AudioBlock): void => {
    middle.frameCount = input.frameCount;
    first.process(input, middle);
    second.process(middle, output);
  };
  return {
    inputChannelCount: first.inputChannelCount,
    outputChannelCount: second.outputChannelCount,
    latencySamples: first.latencySamples + second.latencySamples,
    process(input, output) {
      if (input.frameCount <= roundFrames) {
        runRound(input, output);
        return;
      }
      for (let from = 0; from < input.frameCount; from += roundFrames) {
        const to = Math.min(from + roundFrames, input.frameCount);
        runRound(cut(input, from, to), cut(output, from, to));
      }
    },
    reset() {
      first.reset();
      second.reset();
    },
  };
}

const cut = ({ channels }: AudioBlock, from: number, to: number): AudioBlock => ({
  channels: channels.map((channel) => channel.subarray(from, to)),
  frameCount: to - from,
});
