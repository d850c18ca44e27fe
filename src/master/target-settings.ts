import { ConfigError } from '../base/errors.ts';
import type { BitDepth, DitherKind } from './dither.ts';
import { defaultCeilingDbtp, limiterDefaults, type LimiterSettings } from './limiter.ts';
import type { ChannelEqBand } from './equalizer.ts';
import type { EditSettings } from './programme-edit.ts';
import type { Recipe } from './recipe.ts';
import { hasLoudness, type LoudnessRule } from './loudness-solver.ts';
import { loudnessFault } from './loudness-fault.ts';
import type { Target } from './targets.ts';

/** How one target is finished. */
export interface TargetSettings extends EditSettings {
  readonly loudnessRule: LoudnessRule;
  /** Undefined where the rule is about peaks alone. */
  readonly loudnessLufs: number | undefined;
  readonly ceilingDbtp: number;
  /** Undefined: the rate of the scene. */
  readonly sampleRateHz: number | undefined;
  /** 32 is 32-bit float. */
  readonly bitDepth: BitDepth;
  readonly dither: DitherKind;
  readonly limiter: LimiterSettings;
  readonly dcRemoval: boolean;
  readonly eq: readonly ChannelEqBand[];
}

/**
 * Settings that are given by hand: flags over the recipe over the defaults. Loudness null, without a rule, is
 * the rule 'none'; a loudness that is given over a rule about peaks alone brings back the default rule.
 */
export interface TargetOverrides extends EditSettings {
  readonly loudnessRule?: LoudnessRule | undefined;
  readonly loudnessLufs?: number | null | undefined;
  readonly ceilingDbtp?: number | undefined;
  readonly sampleRateHz?: number | undefined;
  readonly bitDepth?: BitDepth | undefined;
  readonly dither?: DitherKind | undefined;
  readonly limiter?: { readonly [K in keyof LimiterSettings]?: LimiterSettings[K] | undefined } | undefined;
  readonly dcRemoval?: boolean | undefined;
}

const file = {
  ceilingDbtp: defaultCeilingDbtp,
  sampleRateHz: undefined,
  bitDepth: 24,
  dither: 'tpdf',
  limiter: limiterDefaults,
  dcRemoval: false,
  eq: [],
} as const;
const stereoSettings: TargetSettings = Object.freeze({ ...file, loudnessRule: 'target', loudnessLufs: -14 });

/**
 * Settings where none are given. Beds: at most -18 LUFS, as immersive music is delivered; stereo -14 and
 * binaural -16 LUFS, as streaming services play them; ambisonics have no loudness until they are decoded.
 */
export const targetDefaults: Readonly<Record<Target['kind'], TargetSettings>> = Object.freeze({
  loudspeakers: Object.freeze({ ...file, loudnessRule: 'at-most', loudnessLufs: -18 }),
  stereo: stereoSettings,
  binaural: Object.freeze({ ...file, loudnessRule: 'target', loudnessLufs: -16 }),
  ambisonics: Object.freeze({ ...file, loudnessRule: 'none', loudnessLufs: undefined }),
});

/**
 * Settles how a target is finished: overrides, then the recipe's entry for it, then what its delivery profile asks
 * for, then the defaults of its kind (direct stereo, 0+2+0, has those of stereo).
 * @throws ConfigError "no-loudness-target" where a loudness is asked of ambisonics
 */
export function resolveTargetSettings(
  target: Target,
  recipe?: Recipe,
  overrides: TargetOverrides = {},
  profile: TargetOverrides = {},
): TargetSettings {
  const defaults = target.name === '0+2+0' ? stereoSettings : targetDefaults[target.kind];
  const recipeEntry = recipe?.targets[target.id] ?? {};
  const limiter = { ...defaults.limiter, ...defined(recipeEntry.limiter), ...defined(overrides.limiter) };
  const settings = {
    ...defaults,
    ...defined(profile),
    ...defined(recipeEntry),
    ...defined(overrides),
    limiter,
  };
  return pick({ ...settings, ...resolveLoudness(target, defaults, [profile, recipeEntry, overrides]) });
}

type LoudnessSettings = Pick<TargetSettings, 'loudnessRule' | 'loudnessLufs'>;

/** @param layers what is given by hand, the later over the earlier */
function resolveLoudness(
  target: Target,
  defaults: TargetSettings,
  layers: readonly TargetOverrides[],
): LoudnessSettings {
  let { loudnessRule, loudnessLufs }: LoudnessSettings = defaults;
  for (const { loudnessRule: rule, loudnessLufs: lufs } of layers) {
    if (rule === undefined && lufs === undefined) continue;
    checkLoudness(target, rule, lufs);
    if (rule !== undefined) loudnessRule = rule;
    else if (lufs === null) loudnessRule = 'none';
    else if (!hasLoudness(loudnessRule)) loudnessRule = defaults.loudnessRule;
    loudnessLufs = lufs ?? loudnessLufs;
  }
  return { loudnessRule, loudnessLufs: hasLoudness(loudnessRule) ? loudnessLufs : undefined };
}

/** @throws ConfigError where a loudness is asked of ambisonics, or rule and loudness contradict each other */
function checkLoudness(
  { kind, name }: Target,
  rule: LoudnessRule | undefined,
  lufs: number | null | undefined,
): void {
  const fault = loudnessFault(kind === 'ambisonics', rule, lufs);
  if (fault) throw new ConfigError(fault.code, `${name}: ${fault.message}`);
}

const pick = (settings: TargetSettings): TargetSettings => ({
  loudnessRule: settings.loudnessRule,
  loudnessLufs: settings.loudnessLufs,
  ceilingDbtp: settings.ceilingDbtp,
  sampleRateHz: settings.sampleRateHz,
  bitDepth: settings.bitDepth,
  dither: settings.dither,
  limiter: settings.limiter,
  dcRemoval: settings.dcRemoval,
  eq: settings.eq,
  trimHead: settings.trimHead,
  trimTail: settings.trimTail,
  fadeIn: settings.fadeIn,
  fadeOut: settings.fadeOut,
});

/** The entries that are not undefined. */
const defined = <T extends object>(overrides: T | undefined): Defined<T> =>
  Object.fromEntries(
    Object.entries(overrides ?? {}).filter(([, value]) => value !== undefined),
  ) as Defined<T>;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
