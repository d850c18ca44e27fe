import { ConfigError, type WarningHandler } from '../base/errors.ts';
import type { Processor } from '../base/processor.ts';
import type { HrtfSet } from '../hrtf/hrtf-set.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { resolveScene } from '../scene/resolve-scene.ts';
import type { Scene } from '../scene/scene.ts';
import { createAmbisonicRenderer } from './ambisonic/ambisonic-renderer.ts';
import { createDualBandStage } from './ambisonic/dual-band-stage.ts';
import { createBinauralRenderer } from './binaural/binaural-renderer.ts';
import { createHeadphoneEqualizer } from './headphones/headphone-eq.ts';
import { createLoudspeakerRenderer } from './panner/loudspeaker-renderer.ts';
import { createChain } from '../dsp/processor-chain.ts';
import type { RenderFormat } from './render-format.ts';
import { trimScene } from './trim/trim-scene.ts';
import type { RenderSettings } from './render-settings.ts';

/** Settings of `createRenderer`. */
export interface RendererOptions {
  readonly scene: Scene;
  readonly format: RenderFormat;
  readonly sampleRateHz: number;
  readonly kernels: Kernels;
  /** Needed for binaural, at the same sampling rate. */
  readonly hrtf?: HrtfSet | undefined;
  readonly settings?: RenderSettings | undefined;
  readonly onWarning?: WarningHandler | undefined;
  /** Sample of the scene that the first input sample is; default 0. */
  readonly startSample?: number | undefined;
}

/**
 * Makes the processor that renders a scene: inputs in the order of `sceneTracks`, outputs in the order of the
 * format (loudspeakers of the layout, left and right ear, ACN). Element gain, mute and channel gain are in it.
 * @throws SceneError, LayoutError or HrtfError where the scene cannot be rendered so; ConfigError "no-hrtf"
 */
export function createRenderer(options: RendererOptions): Processor {
  const { format, sampleRateHz, kernels, settings = {}, onWarning, startSample = 0 } = options;
  const scene = resolveScene(options.scene, settings);
  switch (format.kind) {
    case 'loudspeakers': {
      const { layout } = format;
      const trimmed = trimScene(scene, layout, settings.trims, format.trimsOf);
      const renderer = createLoudspeakerRenderer({
        ...settings.loudspeakers,
        scene: trimmed.scene,
        objectSpeakerGains: trimmed.objectSpeakerGains,
        meetsInFold: format.meetsInFold,
        layout,
        sampleRateHz,
        kernels,
        startSample,
      });
      return settings.loudspeakers?.hoaDecoder === 'dual-band'
        ? createDualBandStage({ scene, layout, sampleRateHz, renderer })
        : renderer;
    }
    case 'binaural': {
      const { hrtf } = options;
      if (!hrtf) throw new ConfigError('no-hrtf', 'binaural rendering needs an HRTF set; none was given');
      const { headphoneEq, ...binaural } = settings.binaural ?? {};
      const ears = createBinauralRenderer({
        ...binaural,
        scene,
        sampleRateHz,
        kernels,
        hrtf,
        startSample,
        onWarning,
      });
      if (!headphoneEq) return ears;
      return createChain(ears, createHeadphoneEqualizer(headphoneEq, sampleRateHz, kernels));
    }
    case 'ambisonics':
      return createAmbisonicRenderer({
        ...settings.ambisonics,
        scene,
        order: format.order,
        sampleRateHz,
        kernels,
        startSample,
        onWarning,
      });
  }
}
