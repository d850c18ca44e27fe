import { loadKernels } from '../kernels/load-kernels.ts';
import type { Target } from '../master/targets.ts';
import { explainRender } from '../render/explain/explain-render.ts';
import { explainChoices, type RenderChoice } from '../render/explain/explain-choices.ts';
import { groupLevels, type GroupLevel } from '../render/explain/group-levels.ts';
import type { TrackExplanation } from '../render/explain/explanation.ts';
import type { RenderFormat } from '../render/render-format.ts';
import type { Scene } from '../scene/scene.ts';
import { planTargets } from './plan.ts';
import { defaultTargets } from './render-scene.ts';
import { planOptionsOf, openJobScene, resolveTargets, type SceneJobOptions } from './scene-job.ts';

/** What is explained of one target. */
export interface TargetExplanation {
  readonly target: string;
  readonly description: string;
  /** What was chosen for it and by whom; nothing for headphones and ambisonics. */
  readonly choices: readonly RenderChoice[];
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
      const choices = choicesOf(target, plan.buses[busIndex].format, scene, options);
      return { target: target.name, description, choices, tracks, groups: groupLevels(scene, tracks) };
    });
    return { version: 1, scene: options.scene, targets };
  } finally {
    await reader.close();
  }
}

function choicesOf(
  target: Target,
  format: RenderFormat,
  { delivery }: Scene,
  { fold, rendering }: SceneJobOptions,
): RenderChoice[] {
  if (format.kind !== 'loudspeakers' || target.kind === 'ambisonics' || target.kind === 'binaural') return [];
  const isFolded = target.layout.foldFrom !== undefined;
  const kind = target.kind === 'stereo' ? 'stereo' : isFolded ? 'folded' : 'layout';
  return explainChoices({ format, kind, delivery, fold, trims: rendering?.trims });
}
