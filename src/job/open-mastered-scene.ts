import { dirname } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import type { SceneEffectReport } from '../deliver/report.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Recipe } from '../master/recipe.ts';
import { describeMembers } from '../master/scene-stage/describe-members.ts';
import type { SceneEntry } from '../master/scene-stage/entry-schema.ts';
import { selectEntries } from '../master/scene-stage/select-entries.ts';
import { createDetectorRenderer } from './detector-render.ts';
import { loadHrtf } from './listening.ts';
import { createMasteredReader, type MasteredReader } from './mastered-reader.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { excerptOf, openJobScene, planOptionsOf } from './scene-job.ts';
import { selectionOfEntries } from './scene-level.ts';
import { listensOnHeadphones, openSideChains } from './side-chains.ts';

/**
 * Opens the scene of a mastering job, with the scene stage of its recipe behind it.
 * @throws as `openScene`; ConfigError where an entry does not fit the scene, or a selection names none
 */
export async function openMasteredScene(
  options: MasterSceneOptions,
  recipe: Recipe | undefined,
  kernels: Kernels,
): Promise<MasteredReader> {
  const entries = selectEntries(recipe?.scene ?? [], selectionOfEntries(options.sceneStage));
  const reader = await openJobScene(options, kernels);
  try {
    return await withSceneStage(reader, entries, options, kernels);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function withSceneStage(
  reader: SceneReader,
  entries: readonly SceneEntry[],
  options: MasterSceneOptions,
  kernels: Kernels,
): Promise<MasteredReader> {
  const { scene, sampleRateHz } = reader;
  const { onWarning = () => undefined, rendering, listening } = options;
  const sideChains = await openSideChains(entries, {
    folder: typeof options.recipe === 'string' ? dirname(options.recipe) : '.',
    ...{ sampleRateHz, kernels, onWarning },
  });
  try {
    const hrtf = listensOnHeadphones(entries)
      ? await loadHrtf(listening?.hrtf, sampleRateHz, onWarning)
      : undefined;
    return createMasteredReader(reader, {
      ...{ entries, kernels, sideChains, onWarning },
      startFrame: excerptOf(reader, options).startFrame,
      createDetectorRender: createDetectorRenderer({
        ...{ scene, sampleRateHz, kernels, hrtf, rendering, onWarning },
        plan: planOptionsOf(options, scene),
      }),
    });
  } catch (error) {
    for (const sideChain of sideChains.values()) await sideChain.close();
    throw inRecipe(error, options.recipe);
  }
}

/** Names the file of the recipe in what is wrong with one of its entries. */
function inRecipe(error: unknown, recipe: MasterSceneOptions['recipe']): unknown {
  const isOfEntry = error instanceof ConfigError && error.path?.startsWith('scene[') === true;
  if (typeof recipe !== 'string' || !isOfEntry || error.file !== undefined) return error;
  const { code, message, path, hint, issues } = error;
  return new ConfigError(code, `${recipe}, ${message}`, {
    ...{ path, hint, issues },
    file: recipe,
    cause: error,
  });
}

/** What the report says of the scene stage. */
export const sceneStageReport = (reader: MasteredReader): SceneEffectReport[] =>
  reader.figures().map(({ entry, kind, idle, group, reductions }) => {
    const { id, type, note, amount, parameters } = entry;
    return {
      ...{ id, type, note, amount, parameters, kind, idle },
      members: group ? describeMembers(reader.scene, group) : [],
      reductions,
    };
  });
