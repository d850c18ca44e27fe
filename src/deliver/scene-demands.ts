import { ConfigError } from '../base/errors.ts';
import type { Profile } from './profile.ts';
import { profileDemands, type ProfileDemands } from './profile-demands.ts';

/** What profiles ask of the level of a scene; what they do not say is undefined. */
export interface SceneDemands extends Pick<ProfileDemands, 'loudnessRule' | 'loudnessLufs' | 'ceilingDbtp'> {
  /** Layouts whose renders must meet the loudness. */
  readonly on: readonly string[];
}

/** Layout that a scene is measured on where a profile names none. */
const mainLayout = '7.1.4';

const sceneRules: readonly string[] = ['adm-bwf', 'adm-profile'];

/** Whether a profile takes scenes themselves, as ADM BWF. */
export const takesScenes = ({ rules }: Profile): boolean =>
  rules.some((rule) => rule.measure === 'rule' && sceneRules.includes(rule.rule));

/**
 * What a scene must meet so that all profiles take it: of highest loudnesses the lowest, on every layout that one of them
 * is measured on, and the lowest ceiling.
 * @returns undefined where none of them takes scenes, or asks for a level
 * @throws ConfigError 'scene-profiles' where one asks for a loudness that another forbids
 */
export function sceneDemands(profiles: readonly Profile[], sampleRateHz: number): SceneDemands | undefined {
  const asking = profiles.filter(takesScenes).flatMap((profile) => {
    const demands = profileDemands(profile, sampleRateHz);
    return demands.loudnessLufs === undefined && demands.ceilingDbtp === undefined
      ? []
      : [{ profile, demands }];
  });
  if (asking.length === 0) return undefined;
  const rules = new Set(
    asking.map(({ demands: { loudnessRule, loudnessLufs } }) =>
      loudnessRule === 'target' ? `target ${loudnessLufs}` : loudnessRule,
    ),
  );
  rules.delete(undefined);
  if (rules.size > 1) {
    const names = asking.map(({ profile: { id } }) => id).join(' and ');
    throw new ConfigError(
      'scene-profiles',
      `profiles ${names} ask for different loudness of the scene, which is written once; take one of them a run`,
    );
  }
  const lowest = (values: readonly (number | undefined)[]): number | undefined => {
    const stated = values.filter((value) => value !== undefined);
    return stated.length > 0 ? Math.min(...stated) : undefined;
  };
  const demanded = asking.map(({ demands }) => demands);
  const loud = demanded.filter(({ loudnessLufs }) => loudnessLufs !== undefined);
  return {
    loudnessRule: loud[0]?.loudnessRule,
    loudnessLufs: lowest(loud.map(({ loudnessLufs }) => loudnessLufs)),
    ceilingDbtp: lowest(demanded.map(({ ceilingDbtp }) => ceilingDbtp)),
    on: [...new Set(loud.map(({ measuredOn }) => measuredOn ?? mainLayout))],
  };
}
