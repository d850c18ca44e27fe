import { ConfigError } from '../base/errors.ts';
import type { Profile } from '../deliver/profile.ts';
import { sceneDemands } from '../deliver/scene-demands.ts';
import { loudnessFault } from '../master/loudness-fault.ts';
import type { Recipe } from '../master/recipe.ts';
import {
  resolveSceneLoudness,
  type SceneLoudness,
  type SceneLoudnessOverrides,
} from '../master/scene-loudness.ts';
import type { EntrySelection } from '../master/scene-stage/select-entries.ts';
import type { SceneTargetName } from '../master/targets.ts';
import { levelOverrides } from './level-overrides.ts';
import type { MasterSceneOptions } from './master-options.ts';

/** What the levels of scenes are settled from. */
export interface SceneLevelOptions {
  readonly recipe: Recipe | undefined;
  readonly profiles: readonly Profile[];
  readonly options: MasterSceneOptions;
  /** Whether other targets are made, which flags for all targets are about. */
  readonly rendersTargets: boolean;
  readonly sampleRateHz: number;
}

/** A target that is a scene. */
export interface SceneTarget {
  readonly name: SceneTargetName;
  /** Undefined where it is written as the effects of the recipe leave it. */
  readonly level: SceneLoudness | undefined;
}

/** Name by which the level of the scene is left out, as an entry of the recipe's scene list is. */
const sceneLevelName = 'sceneLoudness';

/**
 * Settles the level of each scene that is written: flags over the recipe over what profiles ask for. Flags ask for a level
 * where they name the scene, or where nothing else is made; those for all targets count where a level is asked for.
 * @throws ConfigError 'scene-profiles'; 'loudness-rule' where flags contradict each other; 'scene-level-bypass' where a
 * level is left out that flags ask for, or that nothing asks for
 */
export function settleSceneLevels(
  scenes: readonly SceneTargetName[],
  { recipe, profiles, options, rendersTargets, sampleRateHz }: SceneLevelOptions,
): SceneTarget[] {
  const demands = scenes.length > 0 ? sceneDemands(profiles, sampleRateHz) : undefined;
  const isAsked = demands !== undefined || recipe?.sceneLoudness !== undefined;
  const isBypassed = options.sceneStage?.bypass?.includes(sceneLevelName) === true;
  if (isBypassed && scenes.length > 0 && !isAsked) throw nothingToBypass();
  return scenes.map((name): SceneTarget => {
    const { overrides, isNamed } = levelOverrides(options, (given) => given === name);
    const isWanted = isNamed || (!rendersTargets && Object.values(overrides).some(isGiven));
    if (isBypassed && isNamed) throw levelledAndBypassed(name);
    if (isBypassed || !(isAsked || isWanted)) return { name, level: undefined };
    requireConsistent(name, overrides);
    return { name, level: resolveSceneLoudness(demands ?? {}, recipe?.sceneLoudness ?? {}, overrides) };
  });
}

const isGiven = (value: unknown): boolean => value !== undefined;

function requireConsistent(name: string, { loudnessRule, loudnessLufs }: SceneLoudnessOverrides): void {
  const fault = loudnessFault(false, loudnessRule, loudnessLufs);
  if (fault)
    throw new ConfigError(fault.code, `${name}: ${fault.message}`, {
      hint: 'leave one of both out (--loudness, --loudness-rule)',
    });
}

const nothingToBypass = (): ConfigError =>
  new ConfigError(
    'scene-level-bypass',
    `${sceneLevelName} is to be left out, but neither the recipe nor a profile that takes scenes asks for a level`,
  );

const levelledAndBypassed = (name: string): ConfigError =>
  new ConfigError(
    'scene-level-bypass',
    `a level is set for "${name}", and ${sceneLevelName} is to be left out; one of both is allowed`,
    { hint: `without --bypass ${sceneLevelName} it comes to that level` },
  );

/** The selection without the level of the scene, which is no entry. */
export const selectionOfEntries = ({ bypass, ...selection }: EntrySelection = {}): EntrySelection => ({
  ...selection,
  bypass: bypass?.filter((name) => name !== sceneLevelName),
});
