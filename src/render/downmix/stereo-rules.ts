import { ConfigError } from '../../base/errors.ts';
import { getLayout } from '../../layouts/built-in.ts';
import type { DeliveryMetadata } from '../../scene/scene.ts';
import { foldDownDefaults, foldDownMatrix, levelGain, type FoldDownOptions } from './fold-down.ts';

/** Ways from 5.1 to stereo, by the names that `--downmix` takes. */
export const stereoRules = ['lo-ro', 'bs775', 'lt-rt', 'lt-rt-pl2'] as const;

/** One of the ways from 5.1 to stereo. */
export type StereoRule = (typeof stereoRules)[number];

/** Gains of a fold-down, [output][input]. */
export interface FoldDown {
  /** Of the inputs as they are. */
  readonly matrix: Float64Array;
  /** Of the inputs, every frequency 90 degrees ahead; undefined where nothing is turned. */
  readonly quadrature: Float64Array | undefined;
}

/** How stereo is folded from 5.1. */
export interface StereoFoldOptions extends FoldDownOptions {
  /** Default 'lo-ro'. */
  readonly rule?: StereoRule | undefined;
}

/**
 * Shares of a surround in its own side and in the other, unit power: sqrt(2/3) and sqrt(1/3). Dolby does not publish
 * them: they stand in third parties' encoders only, and others give 0.8718 and 0.4899, or 0.8660 and 0.5.
 */
const proLogicIi = { own: Math.sqrt(2 / 3), other: Math.sqrt(1 / 3) };

/**
 * Gains of the fold from 5.1 (L R C LFE Ls Rs) to stereo, at the default levels:
 * - lo-ro, bs775: Lo = L + 0.7071 C + 0.7071 Ls (ITU-R BS.775-3 Table 2);
 * - lt-rt, Dolby Surround, whose surround is mono: Lt = L + 0.7071 C - 0.5 (Ls + Rs), Rt = R + 0.7071 C + 0.5 (Ls + Rs);
 * - lt-rt-pl2, for Pro Logic II: Lt = L + 0.7071 C + j (0.8165 Ls + 0.5774 Rs),
 *   Rt = R + 0.7071 C - j (0.5774 Ls + 0.8165 Rs), where j is a true phase lead of 90 degrees.
 *
 * Levels of centre and surrounds replace the -3 dB of all rules but bs775, which is fixed; in lt-rt-pl2 the surrounds'
 * -3 dB are the unit power of the pair. The LFE is dropped unless it has a level.
 * @throws ConfigError "fixed-fold" for levels that bs775 does not have
 */
export function designStereoFold(options: StereoFoldOptions = {}): FoldDown {
  const { rule = 'lo-ro' } = options;
  const matrix = foldDownMatrix(getLayout('0+5+0'), getLayout('0+2+0'), options);
  if (rule === 'lo-ro') return { matrix, quadrature: undefined };
  if (rule === 'bs775') {
    requireStandardLevels(options);
    return { matrix, quadrature: undefined };
  }
  const surround = levelGain(options.surroundDb ?? foldDownDefaults.surroundDb);
  const [left, right] = [matrix.subarray(0, 6), matrix.subarray(6)];
  if (rule === 'lt-rt') {
    const share = surround * Math.SQRT1_2;
    left.set([-share, -share], 4);
    right.set([share, share], 4);
    return { matrix, quadrature: undefined };
  }
  left.fill(0, 4);
  right.fill(0, 4);
  const [own, other] = [proLogicIi.own, proLogicIi.other].map((share) => share * surround * Math.SQRT2) as [
    number,
    number,
  ];
  return { matrix, quadrature: Float64Array.of(0, 0, 0, 0, own, other, 0, 0, 0, 0, -other, -own) };
}

function requireStandardLevels({ centreDb, surroundDb, lfeDb }: StereoFoldOptions): void {
  const isStandard =
    (centreDb ?? foldDownDefaults.centreDb) === foldDownDefaults.centreDb &&
    (surroundDb ?? foldDownDefaults.surroundDb) === foldDownDefaults.surroundDb &&
    lfeDb === undefined;
  if (isStandard) return;
  throw new ConfigError(
    'fixed-fold',
    'the downmix bs775 has fixed levels: centre and surrounds -3 dB, no LFE; other levels were asked for',
    { hint: 'use lo-ro, which takes levels' },
  );
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
    case undefined:
      return undefined;
  }
}

/** What a rule is called in descriptions, and how far its figures can be trusted. */
export const stereoRuleNames: Readonly<Record<StereoRule, string>> = Object.freeze({
  'lo-ro': 'Lo/Ro fold-down',
  bs775: 'BS.775 fold-down',
  'lt-rt': 'Lt/Rt (Dolby Surround) fold-down',
  'lt-rt-pl2': 'Lt/Rt (Pro Logic II, surrounds 0.816/0.577 and 90 degrees, from third parties) fold-down',
});
