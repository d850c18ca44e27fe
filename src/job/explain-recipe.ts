import type { SceneEffectReport } from '../deliver/report.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { resolveSceneLoudness, type SceneLoudness } from '../master/scene-loudness.ts';
import { findEffect } from '../master/scene-stage/registry.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { openMasteredScene, sceneStageReport } from './open-mastered-scene.ts';
import { readRecipe } from './read-recipe.ts';

/** Options of `explainRecipe`. */
export interface ExplainRecipeOptions extends Pick<
  MasterSceneOptions,
  'scene' | 'layout' | 'programme' | 'allowOutside' | 'sceneStage' | 'onWarning'
> {
  /** Recipe file. */
  readonly recipe: string;
}

/** What an entry of a recipe does to a scene, before it has heard any of it. */
export interface EntryExplanation extends Omit<SceneEffectReport, 'reductions'> {
  /** What effects of its type do. */
  readonly description: string;
}

/** What a recipe does to a scene. */
export interface RecipeExplanation {
  readonly version: 1;
  readonly recipe: string;
  readonly scene: string;
  readonly sceneStage: readonly EntryExplanation[];
  /** Level of the scene where it is written; undefined where it is written as these leave it. */
  readonly sceneLoudness: SceneLoudness | undefined;
  /** Ids of the targets that it has settings for. */
  readonly targets: readonly string[];
}

/**
 * Says what each entry of a recipe's scene list does to which tracks of a scene, without reading its audio.
 * @throws as `readRecipe` and `openScene`; ConfigError where an entry does not fit the scene
 */
export async function explainRecipe(options: ExplainRecipeOptions): Promise<RecipeExplanation> {
  const { recipe: file, scene } = options;
  const recipe = await readRecipe(file);
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const reader = await openMasteredScene({ ...options, outDir: '' }, recipe, kernels);
  const sceneStage = sceneStageReport(reader).map(({ reductions: _, ...entry }) => ({
    ...entry,
    description: findEffect(entry.type)!.description,
  }));
  await reader.close();
  return {
    ...{ version: 1, recipe: file, scene, sceneStage },
    sceneLoudness: recipe.sceneLoudness && resolveSceneLoudness(recipe.sceneLoudness),
    targets: Object.keys(recipe.targets),
  };
}
