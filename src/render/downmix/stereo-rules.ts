import { ConfigError } from '../../base/errors.ts';
import { getLayout } from '../../layouts/built-in.ts';
import type { DeliveryMetadata } from '../../scene/scene.ts';
import { foldDownDefaults, foldDownMatrix, levelGain, type FoldDownOptions } from './fold-down.ts';

/** Ways to stereo, by the names that `--downmix` takes. All but `direct` fold 5.1. */
export const stereoRules = ['lo-ro', 'bs775', 'lt-rt', 'lt-rt-pl2', 'direct'] as const;

/** One of the ways to stereo. */
export type StereoRule = (typeof stereoRules)[number];

/** Gains of a fold-down, [output][input]. */
export interface FoldDown {
  /** Of the inputs as they are. */
  readonly matrix: Float64Array;
  /** Of the inputs, every frequency 90 degrees ahead; undefined where nothing is turned. */
  readonly quadrature: Float64Array | undefined;
}

/** How stereo is made. */
export interface StereoFoldOptions extends FoldDownOptions {
  /** Default 'lo-ro'. */
  readonly rule?: StereoRule | undefined;
  /** Whether the surrounds are turned by 90 degrees; default: in lt-rt-pl2 alone. */
  readonly phaseShift?: boolean | undefined;
}

/**
 * Shares of a surround in its own side and in the other in the matrices of Pro Logic II and IIx: sqrt(19/25) and
 * sqrt(6/25), -1.2 and -6.2 dB, unit power. Trust B: third parties quote these decibels from Dolby's renderer guide;
 * others publish 0.8165 and 0.5774, or 0.8660 and 0.5.
 */
export const proLogicShares = Object.freeze({ own: Math.sqrt(19 / 25), other: Math.sqrt(6 / 25) });

/** Whether the surrounds are turned by 90 degrees in a fold. */
export const isPhaseShifted = ({ rule, phaseShift }: StereoFoldOptions): boolean =>
  phaseShift ?? rule === 'lt-rt-pl2';

/**
 * Gains of the fold from 5.1 (L R C LFE Ls Rs) to stereo, at the default levels:
 * - lo-ro, bs775: Lo = L + 0.7071 C + 0.7071 Ls (ITU-R BS.775-3 Table 2; trust A);
 * - lt-rt, Dolby Surround, whose surround is mono: Lt = L + 0.7071 C - 0.5 (Ls + Rs), Rt = R + 0.7071 C + 0.5 (Ls + Rs)
 *   (trust B: measured in FFmpeg; Dolby's renderer guide, as quoted, has 0.7071, which is `surroundDb` 0);
 * - lt-rt-pl2, for Pro Logic II: Lt = L + 0.7071 C - 0.8718 Ls - 0.4899 Rs, Rt = R + 0.7071 C + 0.4899 Ls + 0.8718 Rs
 *   (trust B, see `proLogicShares`).
 *
 * With the phase shift the surrounds lag 90 degrees behind: what was taken away from Lt leads, what was added to Rt
 * lags. Levels of centre and surrounds replace the -3 dB of all rules but bs775, which is fixed; in lt-rt-pl2 the
 * surrounds' -3 dB are the unit power of the pair. The LFE is dropped unless it has a level.
 * @throws ConfigError "fixed-fold" for levels or a phase shift that bs775 does not have
 */
export function designStereoFold(
  options: StereoFoldOptions & { readonly rule?: Exclude<StereoRule, 'direct'> | undefined } = {},
): FoldDown {
  requireStandardLevels(options);
  const matrix = foldDownMatrix(getLayout('0+5+0'), getLayout('0+2+0'), options);
  const surroundsAt = [4, 10] as const;
  surroundShares(options).forEach((shares, side) => matrix.set(shares, surroundsAt[side]));
  if (!isPhaseShifted(options)) return { matrix, quadrature: undefined };
  const quadrature = new Float64Array(matrix.length);
  for (const at of surroundsAt) {
    quadrature.set(
      matrix.subarray(at, at + 2).map((gain) => -gain || 0),
      at,
    );
    matrix.fill(0, at, at + 2);
  }
  return { matrix, quadrature };
}

/** Gains of Ls and Rs in left, then in right. */
function surroundShares({ rule, surroundDb }: StereoFoldOptions): readonly (readonly [number, number])[] {
  const level = levelGain(surroundDb ?? foldDownDefaults.surroundDb);
  switch (rule) {
    case 'lt-rt': {
      const share = level * Math.SQRT1_2;
      return [
        [-share, -share],
        [share, share],
      ];
    }
    case 'lt-rt-pl2': {
      const own = proLogicShares.own * level * Math.SQRT2;
      const other = proLogicShares.other * level * Math.SQRT2;
      return [
        [-own, -other],
        [other, own],
      ];
    }
    default:
      return [
        [level, 0],
        [0, level],
      ];
  }
}

/**
 * Refuses levels and phase shifts for the rules that have none to set.
 * @throws ConfigError "fixed-fold"
 */
export function requireStandardLevels(options: StereoFoldOptions): void {
  const { rule, centreDb, surroundDb, lfeDb, phaseShift } = options;
  if (rule !== 'bs775' && rule !== 'direct') return;
  const isStandard =
    (centreDb ?? foldDownDefaults.centreDb) === foldDownDefaults.centreDb &&
    (surroundDb ?? foldDownDefaults.surroundDb) === foldDownDefaults.surroundDb &&
    lfeDb === undefined &&
    phaseShift !== true;
  if (isStandard) return;
  const what =
    rule === 'bs775'
      ? 'has fixed levels: centre and surrounds -3 dB, no LFE, no phase shift'
      : 'folds nothing and has no levels and no phase shift';
  throw new ConfigError('fixed-fold', `the downmix ${rule} ${what}; others were asked for`, {
    hint: 'use lo-ro, which takes them',
  });
}

/** The rule that a master states for its stereo; undefined where it states none. */
export function ruleOfMaster({ downmixType }: Pick<DeliveryMetadata, 'downmixType'>): StereoRule | undefined {
  switch (downmixType) {
    case 'loRo':
      return 'lo-ro';
    case 'ltRtProLogic':
      return 'lt-rt';
    case 'ltRtPLII':
      return 'lt-rt-pl2';
    case 'directStereo':
      return 'direct';
    case undefined:
      return undefined;
  }
}

/** What a rule is called in descriptions. */
export const stereoRuleNames: Readonly<Record<StereoRule, string>> = Object.freeze({
  'lo-ro': 'Lo/Ro',
  bs775: 'BS.775',
  'lt-rt': 'Lt/Rt (Dolby Surround, third-party figures)',
  'lt-rt-pl2': 'Lt/Rt (Pro Logic II, third-party figures 0.872/0.490)',
  direct: 'direct render',
});
