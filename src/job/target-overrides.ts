import { ConfigError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { levelRanges } from '../master/recipe-schema.ts';
import type { TargetOverrides } from '../master/target-settings.ts';
import { canonicalTargetId, type Target } from '../master/targets.ts';
import { levelOverrides } from './level-overrides.ts';
import type { MasterSceneOptions } from './master-options.ts';

/** Options that are given by the name of a target; "*" is every target. */
type ByTarget<T> = Readonly<Record<string, T>> | undefined;

/** What the options say of a target by its name or an alias of it, or of all targets ("*") that can have it. */
export function targetOverrides(target: Target, options: MasterSceneOptions): TargetOverrides {
  return {
    ...levelOverrides(options, (name) => isNameOf(name, target), target.kind !== 'ambisonics').overrides,
    sampleRateHz: options.sampleRateHz,
    bitDepth: options.bitDepth,
    dither: options.dither,
    dcRemoval: options.dcRemoval,
    ...options.edit,
  };
}

/**
 * Checks what the options say of targets by name: a level for a target that is not made would be lost without a
 * word, and samples over full scale would be clipped. So would settings of renders where only scenes are written.
 * @param scenes names of the targets that are scenes
 * @throws ConfigError 'unused-target' for a name that is none of the targets, 'level-range' for a level out of range,
 * 'unused-setting' for settings of renders without one
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
  if (targets.length === 0) refuseRenderSettings(scenes, options);
}

function refuseRenderSettings(
  scenes: readonly string[],
  { sampleRateHz, bitDepth, dither, dcRemoval, edit = {} }: MasterSceneOptions,
): void {
  const given = Object.entries({
    sampleRateHz,
    bitDepth,
    dither,
    dcRemoval: dcRemoval || undefined,
    ...edit,
  });
  const [found] = given.find(([, value]) => value !== undefined) ?? [];
  if (found === undefined) return;
  throw new ConfigError(
    'unused-setting',
    `${settingNames[found as keyof typeof settingNames]} is set, which is for renders; made is only the scene itself (${scenes.join(', ')})`,
    { hint: 'name a render too (--to stereo), or leave it out; effects on scenes stand in a recipe' },
  );
}

const settingNames = {
  sampleRateHz: 'a sample rate',
  bitDepth: 'a bit depth',
  dither: 'dither',
  dcRemoval: 'removal of DC',
  trimHead: 'a trim of the head',
  trimTail: 'a trim of the tail',
  fadeIn: 'a fade in',
  fadeOut: 'a fade out',
} as const;

const isNameOf = (name: string, target: Target): boolean =>
  name === target.name || canonicalTargetId(name) === target.id;

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
