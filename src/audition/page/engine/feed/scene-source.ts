import type { Processor } from '../../../../base/processor.ts';
import type { AmbisonicKernels } from '../../../../render/ambisonic/diffuse-encoder.ts';
import { createAmbisonicRenderer } from '../../../../render/ambisonic/ambisonic-renderer.ts';
import { resolveScene } from '../../../../scene/resolve-scene.ts';
import { sceneTracks, type Scene } from '../../../../scene/scene.ts';
import { liveScene } from '../../../protocol/live-scene.ts';
import { switchGains, TrackGains } from './element-gains.ts';

/** A scene that can be played. */
export interface SceneSource {
  /** Mutes of the scene at first. */
  readonly gains: TrackGains;
  readonly createProcessor: (startFrame: number) => Promise<Processor>;
}

/**
 * Makes a scene ready to be played: to ambisonics with a head-locked pair, see `liveScene`. Mutes are left to the
 * gains, so that they can be lifted.
 * @param createKernels gives each renderer a memory of its own, which goes with it
 */
export function createSceneSource(
  scene: Scene,
  sampleRateHz: number,
  createKernels: () => AmbisonicKernels,
): SceneSource {
  const elements = scene.elements.map((element) => ({ ...element, mute: false }));
  const open = resolveScene({ ...scene, elements });
  const switches = scene.elements.map(({ mute }) => ({ isMuted: mute, isSolo: false }));
  const elementOfTrack = sceneTracks(scene).map(({ elementIndex }) => elementIndex);
  return {
    gains: new TrackGains(elementOfTrack, switchGains(switches), sampleRateHz),
    createProcessor: async (startFrame) =>
      createAmbisonicRenderer({
        scene: open,
        order: liveScene.order,
        ...liveScene.settings.ambisonics,
        sampleRateHz,
        kernels: createKernels(),
        startSample: startFrame,
      }),
  };
}
