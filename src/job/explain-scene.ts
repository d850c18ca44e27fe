import { loadKernels } from '../kernels/load-kernels.ts';
import { explainRender } from '../render/explain/explain-render.ts';
import { groupLevels, type GroupLevel } from '../render/explain/group-levels.ts';
import type { TrackExplanation } from '../render/explain/explanation.ts';
import { planTargets } from './plan.ts';
import { defaultTargets } from './render-scene.ts';
import { planOptionsOf, openJobScene, resolveTargets, type SceneJobOptions } from './scene-job.ts';

/** What is explained of one target. */
export interface TargetExplanation {
  readonly target: string;
  readonly description: string;
  /** In the order of the scene's tracks. */
  readonly tracks: readonly TrackExplanation[];
  /** The same by groups of tracks. */
  readonly groups: readonly GroupLevel[];
}

/** Where everything in a scene goes. */
export interface SceneExplanation {
  readonly version: 1;
  readonly scene: string;
  readonly targets: readonly TargetExplanation[];
}

/**
 * Says for every track of a scene and every target where it goes, by which rule, and at which level; renders and writes
 * nothing.
 * @throws SceneError, FormatError, LayoutError, ConfigError for bad input
 */
export async function explainScene(options: SceneJobOptions): Promise<SceneExplanation> {
  const targetsAskedFor = resolveTargets(options.targets ?? defaultTargets);
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const reader = await openJobScene(options, kernels);
  try {
    const plan = planTargets(targetsAskedFor, planOptionsOf(options, reader.scene));
    const { scene } = reader;
    const targets = plan.targets.map(({ target, description, busIndex, fold, layout }) => {
      const tracks = explainRender({
        scene,
        format: plan.buses[busIndex].format,
        settings: options.rendering,
        fold: fold && { ...fold, labels: layout!.loudspeakers.map(({ label }) => label) },
      });
      return { target: target.name, description, tracks, groups: groupLevels(scene, tracks) };
    });
    return { version: 1, scene: options.scene, targets };
  } finally {
    await reader.close();
  }
}
