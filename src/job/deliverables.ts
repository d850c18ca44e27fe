import { ConfigError, type WarningHandler } from '../base/errors.ts';
import { needsReRender } from '../deliver/file-facts.ts';
import { takesLayout, type Profile } from '../deliver/profile.ts';
import { profileDemands } from '../deliver/profile-demands.ts';
import { takesScenes } from '../deliver/scene-demands.ts';
import type { Recipe } from '../master/recipe.ts';
import {
  resolveTargetSettings,
  type TargetOverrides,
  type TargetSettings,
} from '../master/target-settings.ts';
import type { Target } from '../master/targets.ts';
import type { TargetVariant } from './plan.ts';

/** One file that mastering makes. */
export interface Deliverable {
  readonly target: Target;
  readonly settings: TargetSettings;
  /** Delivery profiles that it is for. */
  readonly profiles: readonly Profile[];
  readonly variant: TargetVariant;
}

/** What deliverables are settled from. */
export interface DeliverableOptions {
  readonly targets: readonly Target[];
  /** Whether the targets were asked for, rather than being those of the profiles. */
  readonly isAskedFor: boolean;
  readonly profiles: readonly Profile[];
  /** Whether the scene itself is written beside them. */
  readonly writesScenes?: boolean | undefined;
  readonly recipe: Recipe | undefined;
  /** Settings of a target that are given by hand. */
  readonly overridesOf: (target: Target) => TargetOverrides;
  /** Rate of the scene. */
  readonly sampleRateHz: number;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Settles which files are made of the targets. A target that no profile wants is made once, with its usual settings.
 * Profiles that want the same target with the same settings share a file; where their settings differ each gets one
 * of its own, whose name carries the profile's id. Targets that were asked for by name are finished for every profile
 * that takes their layout; otherwise each profile gets its own targets only.
 */
export function settleDeliverables(options: DeliverableOptions): Deliverable[] {
  const { targets, profiles, onWarning } = options;
  const deliverables = targets.flatMap((target) => deliverablesOf(target, options));
  for (const profile of profiles) {
    if (deliverables.some((deliverable) => deliverable.profiles.includes(profile))) continue;
    if (options.writesScenes && takesScenes(profile)) continue;
    const names = targets.map(({ name }) => name).join(', ') || 'that are made';
    onWarning?.({
      code: 'profile-unused',
      message: `profile ${profile.id} takes none of the targets ${names}`,
    });
  }
  return deliverables;
}

/**
 * The targets of profiles, each once, in the order of the profiles.
 * @throws ConfigError 'no-profile-target' for a profile that takes nothing that periphon makes
 */
export function profileTargets(profiles: readonly Profile[]): string[] {
  for (const { id, targets } of profiles) {
    if (targets.length > 0) continue;
    throw new ConfigError('no-profile-target', `profile ${id} takes nothing that periphon makes yet`);
  }
  return [...new Set(profiles.flatMap(({ targets }) => targets))];
}

function deliverablesOf(target: Target, options: DeliverableOptions): Deliverable[] {
  const wanted = options.profiles.filter((profile) => wants(profile, target, options.isAskedFor));
  if (wanted.length === 0) return [finish(target, [], options)];
  const groups = new Map<string, Deliverable>();
  for (const profile of wanted) {
    const deliverable = finish(target, [profile], options);
    const { settings, variant } = deliverable;
    const { sampleRateHz = options.sampleRateHz } = settings;
    const key = JSON.stringify([{ ...settings, sampleRateHz }, variant]);
    const same = groups.get(key);
    groups.set(key, same ? { ...same, profiles: [...same.profiles, profile] } : deliverable);
  }
  const files = [...groups.values()];
  if (files.length === 1) return files;
  return files.map((deliverable) => {
    const suffix = deliverable.profiles.map(({ id }) => id).join('+');
    return { ...deliverable, variant: { ...deliverable.variant, suffix } };
  });
}

function wants(profile: Profile, target: Target, isAskedFor: boolean): boolean {
  if (target.kind === 'ambisonics') return false;
  return isAskedFor ? takesLayout(profile, target.layout) : profile.targets.includes(target.id);
}

function finish(target: Target, profiles: readonly Profile[], options: DeliverableOptions): Deliverable {
  const { recipe, overridesOf, sampleRateHz } = options;
  const [profile] = profiles;
  const { measuredOn, ...demands } = profile ? profileDemands(profile, sampleRateHz) : {};
  const isReRendered = target.kind !== 'ambisonics' && needsReRender(target.layout.loudspeakers.length);
  return {
    target,
    settings: resolveTargetSettings(target, recipe, overridesOf(target), demands),
    profiles,
    variant: { suffix: undefined, measuredOn: isReRendered ? measuredOn : undefined },
  };
}
