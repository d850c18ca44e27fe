import type { Profile } from '../deliver/profile.ts';
import { sceneDemands } from '../deliver/scene-demands.ts';
import type { Recipe } from '../master/recipe.ts';
import {
  resolveSceneLoudness,
  type SceneLoudness,
  type SceneLoudnessOverrides,
} from '../master/scene-loudness.ts';
import type { EntrySelection } from '../master/scene-stage/select-entries.ts';
import type { MasterSceneOptions } from './master-options.ts';

/** What the level of scenes is settled from. */
export interface SceneLevelOptions {
  /** Names of the targets that are scenes. */
  readonly scenes: readonly string[];
  readonly recipe: Recipe | undefined;
  readonly profiles: readonly Profile[];
  readonly options: MasterSceneOptions;
  readonly sampleRateHz: number;
}

/** Name by which the level of the scene is left out, as an entry of the recipe's scene list is. */
const sceneLevelName = 'sceneLoudness';

/**
 * Settles the level of the scenes that are written: flags that name one of them over the recipe over what profiles ask for.
 * Flags for all targets count where any of these asks for a level.
 * @returns undefined where scenes are written as their effects leave them
 * @throws ConfigError 'scene-profiles'
 */
export function settleSceneLevel(settled: SceneLevelOptions): SceneLoudness | undefined {
  const { scenes, recipe, profiles, options, sampleRateHz } = settled;
  if (scenes.length === 0 || options.sceneStage?.bypass?.includes(sceneLevelName)) return undefined;
  const demands = sceneDemands(profiles, sampleRateHz);
  const named = overridesFor(scenes, options);
  const isAsked = demands !== undefined || recipe?.sceneLoudness !== undefined || named !== undefined;
  if (!isAsked) return undefined;
  return resolveSceneLoudness(
    demands ?? {},
    recipe?.sceneLoudness ?? {},
    overridesFor(['*'], options) ?? {},
    named ?? {},
  );
}

function overridesFor(
  names: readonly string[],
  { loudnessLufs, loudnessRule, ceilingDbtp }: MasterSceneOptions,
): SceneLoudnessOverrides | undefined {
  const of = <T>(values: Readonly<Record<string, T>> = {}): T | undefined =>
    Object.entries(values).findLast(([name]) => names.includes(name))?.[1];
  const overrides = {
    loudnessLufs: of(loudnessLufs),
    loudnessRule: of(loudnessRule),
    ceilingDbtp: of(ceilingDbtp),
  };
  return Object.values(overrides).some((value) => value !== undefined) ? overrides : undefined;
}

/** The selection without the level of the scene, which is no entry. */
export const selectionOfEntries = ({ bypass, ...selection }: EntrySelection = {}): EntrySelection => ({
  ...selection,
  bypass: bypass?.filter((name) => name !== sceneLevelName),
});
