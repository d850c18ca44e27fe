import { ConfigError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { hasLoudness } from '../master/loudness-solver.ts';
import { levelRanges } from '../master/recipe-schema.ts';
import type { TargetOverrides } from '../master/target-settings.ts';
import { canonicalTargetId, type Target } from '../master/targets.ts';
import type { MasterSceneOptions } from './master-options.ts';

/** Options that are given by the name of a target; "*" is every target. */
type ByTarget<T> = Readonly<Record<string, T>> | undefined;

/** What the options say of a target by its name or an alias of it, or of all targets ("*") that can have it. */
export function targetOverrides(target: Target, options: MasterSceneOptions): TargetOverrides {
  const isAmbisonic = target.kind === 'ambisonics';
  const ruleForAll = options.loudnessRule?.['*'];
  return {
    loudnessRule:
      ownEntry(options.loudnessRule, target) ??
      (isAmbisonic && ruleForAll && hasLoudness(ruleForAll) ? undefined : ruleForAll),
    loudnessLufs:
      ownEntry(options.loudnessLufs, target) ?? (isAmbisonic ? undefined : options.loudnessLufs?.['*']),
    ceilingDbtp: ownEntry(options.ceilingDbtp, target) ?? options.ceilingDbtp?.['*'],
    sampleRateHz: options.sampleRateHz,
    bitDepth: options.bitDepth,
    dither: options.dither,
    dcRemoval: options.dcRemoval,
    ...options.edit,
  };
}

/**
 * Checks what the options say of targets by name: a level for a target that is not made would be lost without a
 * word, and samples over full scale would be clipped.
 * @param scenes names of the targets that are scenes
 * @throws ConfigError 'unused-target' for a name that is none of the targets, 'level-range' for a level out of range
 */
export function checkOverrides(
  targets: readonly Target[],
  scenes: readonly string[],
  options: MasterSceneOptions,
): void {
  const { loudnessLufs, loudnessRule, ceilingDbtp } = options;
  for (const [what, values] of [
    ['a loudness', loudnessLufs],
    ['a loudness rule', loudnessRule],
    ['a ceiling', ceilingDbtp],
  ] as const)
    checkNames(what, values, targets, scenes);
  checkRange('a loudness', loudnessLufs, levelRanges.loudnessLufs, 'LUFS');
  checkRange('a ceiling', ceilingDbtp, levelRanges.ceilingDbtp, 'dBTP');
}

const isNameOf = (name: string, target: Target): boolean =>
  name === target.name || canonicalTargetId(name) === target.id;

const ownEntry = <T>(values: ByTarget<T>, target: Target): T | undefined =>
  Object.entries(values ?? {}).findLast(([name]) => isNameOf(name, target))?.[1];

function checkNames(
  what: string,
  values: ByTarget<unknown>,
  targets: readonly Target[],
  scenes: readonly string[],
): void {
  for (const name of Object.keys(values ?? {})) {
    if (name === '*' || scenes.includes(name) || targets.some((target) => isNameOf(name, target))) continue;
    const made = [...new Set([...targets.map((target) => target.name), ...scenes])];
    const near = nearestName(name, made);
    throw new ConfigError(
      'unused-target',
      `${what} is set for "${name}", which is not made; made are ${made.join(', ')}`,
      { hint: near === undefined ? undefined : `did you mean "${near}"?` },
    );
  }
}

function checkRange(what: string, values: ByTarget<number>, range: readonly [number, number], unit: string) {
  const [lowest, highest] = range;
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value >= lowest && value <= highest) continue;
    throw new ConfigError(
      'level-range',
      `${what} of ${value} ${unit} is set for ${name === '*' ? 'all targets' : name}; ${lowest} to ${highest} is allowed`,
    );
  }
}
