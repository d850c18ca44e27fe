import { ConfigError, type WarningHandler } from '../base/errors.ts';
import { createChain } from '../dsp/processor-chain.ts';
import type { HrtfSet } from '../hrtf/hrtf-set.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { detectorRenders } from '../master/scene-stage/detector-schema.ts';
import type { DetectorRenderer } from '../master/scene-stage/effect.ts';
import { parseTarget } from '../master/targets.ts';
import { createFoldProcessor } from '../render/downmix/fold-processor.ts';
import type { RenderSettings } from '../render/render-settings.ts';
import { createRenderer } from '../render/renderer.ts';
import type { Scene } from '../scene/scene.ts';
import { planTargets, type PlanOptions } from './plan.ts';

/** What detectors' renders are made with: as the deliverables of the same names are. */
export interface DetectorRenderOptions {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  readonly kernels: Kernels;
  /** Needed where a detector listens on headphones. */
  readonly hrtf: HrtfSet | undefined;
  readonly rendering: RenderSettings | undefined;
  readonly plan: PlanOptions;
  readonly onWarning?: WarningHandler | undefined;
}

/** Makes the renders that detectors of the scene stage listen to. */
export function createDetectorRenderer(options: DetectorRenderOptions): DetectorRenderer {
  const { scene, sampleRateHz, kernels, hrtf, rendering, onWarning } = options;
  return (render, startSample) => {
    if (!(detectorRenders as readonly string[]).includes(render))
      throw new ConfigError(
        'detector-render',
        `detector listens to "${render}"; allowed: ${detectorRenders.join(', ')}`,
      );
    const { buses, targets } = planTargets([parseTarget(render)], options.plan);
    const [{ format, channelCount }] = buses;
    const [{ fold, layout, channelCount: outputCount }] = targets;
    const renderer = createRenderer({
      ...{ scene, format, sampleRateHz, kernels, hrtf, startSample, onWarning },
      settings: rendering,
    });
    const processor = fold
      ? createChain(
          renderer,
          createFoldProcessor({ kernels, fold, inputCount: channelCount, outputCount, sampleRateHz }),
        )
      : renderer;
    return { processor, layout: format.kind === 'binaural' ? undefined : layout };
  };
}
