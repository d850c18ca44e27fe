import type { Processor } from '../../base/processor.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { createRampMixer } from '../ramp-mixer.ts';
import { createDiffuseRenderer } from './diffuse-renderer.ts';
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
  const sources = createLoudspeakerSources(options);
  if (hasDiffuseObjects(scene)) return createDiffuseRenderer({ kernels, layout, sources, startSample });
  return createRampMixer({ kernels, outputCount: layout.loudspeakers.length, sources, startSample });
}
