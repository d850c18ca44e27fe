import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { createChain } from '../processor-chain.ts';
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
