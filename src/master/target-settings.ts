import { ConfigError } from '../base/errors.ts';
import type { BitDepth, DitherKind } from './dither.ts';
import type { Recipe } from './recipe.ts';
import type { LoudnessRule } from './loudness-solver.ts';
import type { Target } from './targets.ts';

/** How one target is finished. */
export interface TargetSettings {
  /** 'at-most': a highest value, reached within 0.1 LU; 'target': a value to meet; 'none': peak only. */
  readonly loudnessRule: LoudnessRule;
  /** Undefined where the rule is 'none'. */
  readonly loudnessLufs: number | undefined;
  readonly ceilingDbtp: number;
  /** Undefined: the rate of the scene. */
  readonly sampleRateHz: number | undefined;
  /** 32 is 32-bit float. */
  readonly bitDepth: BitDepth;
  readonly dither: DitherKind;
}

/** Settings that are given by hand: flags over the recipe over the defaults. Loudness null asks for none. */
export interface TargetOverrides {
  readonly loudnessLufs?: number | null | undefined;
  readonly ceilingDbtp?: number | undefined;
  readonly sampleRateHz?: number | undefined;
  readonly bitDepth?: BitDepth | undefined;
  readonly dither?: DitherKind | undefined;
}

const file = { ceilingDbtp: -1, sampleRateHz: undefined, bitDepth: 24, dither: 'tpdf' } as const;
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
 * Settles how a target is finished: overrides, then the recipe's entry for it, then the defaults of its kind
 * (direct stereo, 0+2+0, has those of stereo).
 * @throws ConfigError "no-loudness-target" where a loudness is asked of ambisonics
 */
export function resolveTargetSettings(
  target: Target,
  recipe?: Recipe,
  overrides: TargetOverrides = {},
): TargetSettings {
  const defaults = target.name === '0+2+0' ? stereoSettings : targetDefaults[target.kind];
  const recipeEntry = recipe?.targets[target.id] ?? {};
  const { loudnessLufs, ...settings } = { ...defaults, ...defined(recipeEntry), ...defined(overrides) };
  if (loudnessLufs === undefined || loudnessLufs === null) {
    return pick({ ...settings, loudnessRule: 'none', loudnessLufs: undefined });
  }
  if (target.kind === 'ambisonics') {
    throw new ConfigError(
      'no-loudness-target',
      `${target.name} has no loudness of its own, and ${loudnessLufs} LUFS was asked for; only a ceiling is allowed`,
      { hint: 'leave loudnessLufs out, or set it to null' },
    );
  }
  return pick({ ...settings, loudnessLufs });
}

const pick = (settings: TargetSettings): TargetSettings => ({
  loudnessRule: settings.loudnessRule,
  loudnessLufs: settings.loudnessLufs,
  ceilingDbtp: settings.ceilingDbtp,
  sampleRateHz: settings.sampleRateHz,
  bitDepth: settings.bitDepth,
  dither: settings.dither,
});

/** The entries that are not undefined. */
const defined = (overrides: TargetOverrides): TargetOverrides =>
  Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
