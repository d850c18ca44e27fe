import type { Processor } from '../../../../base/processor.ts';
import { loadKernels } from '../../../../kernels/load-kernels.ts';
import { createRenderer } from '../../../../render/renderer.ts';
import { parseScene } from '../../../../scene/parse-scene.ts';
import { sceneTracks } from '../../../../scene/scene.ts';
import { switchGains, TrackGains } from './element-gains.ts';

/** Order to which scenes are rendered. */
const sceneOrder = 3;

/** A scene that can be played. */
export interface SceneSource {
  /** Mutes of the scene at first. */
  readonly gains: TrackGains;
  readonly createProcessor: (startFrame: number) => Promise<Processor>;
}

/**
 * Makes a scene ready to be played: to ambisonics of third order, LFE channels in W as the binaural renderer has
 * them. Mutes are left to the gains, so that they can be lifted.
 * @param document the scene file as JSON
 * @throws SceneError where it is none
 */
export function createSceneSource(document: unknown, sampleRateHz: number): SceneSource {
  const { scene } = parseScene(document);
  const open = { ...scene, elements: scene.elements.map((element) => ({ ...element, mute: false })) };
  const switches = scene.elements.map(({ mute }) => ({ isMuted: mute, isSolo: false }));
  const elementOfTrack = sceneTracks(scene).map(({ elementIndex }) => elementIndex);
  return {
    gains: new TrackGains(elementOfTrack, switchGains(switches), sampleRateHz),
    createProcessor: async (startFrame) =>
      createRenderer({
        scene: open,
        format: { kind: 'ambisonics', order: sceneOrder },
        sampleRateHz,
        // Each has a memory of its own, which goes with the renderer.
        kernels: await loadKernels(),
        settings: { ambisonics: { lfeDb: 0 } },
        startSample: startFrame,
      }),
  };
}
