import { getLayout } from '../../layouts/built-in.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { LoudspeakerFormat } from '../render-format.ts';
import { composeFolds } from './compose-folds.ts';
import { foldDownMatrix } from './fold-down.ts';
import {
  designStereoFold,
  isPhaseShifted,
  requireStandardLevels,
  stereoRuleNames,
  type FoldDown,
  type StereoFoldOptions,
} from './stereo-rules.ts';
import { designSurroundFold, surroundRuleNames, type SurroundRule } from './surround-rules.ts';

/** How a loudspeaker target is made: a render, and a fold-down behind it. */
export interface FoldPlan {
  readonly format: LoudspeakerFormat;
  /** Undefined where the render is the target. */
  readonly fold: FoldDown | undefined;
  /** "folded from the 5.1.2 render", for reports. */
  readonly description: string;
}

/** Choices about fold-downs. */
export interface FoldPlanOptions {
  readonly fold: StereoFoldOptions;
  /** How layouts with the surrounds of 5.1 are made; default 'direct'. */
  readonly surround?: SurroundRule | undefined;
  /** Whether any bed has channels that BS.2127 divides between front and surround; see `dividesBeds`. */
  readonly hasDividedBeds?: boolean | undefined;
}

/** Plans a render to a layout, or to one that it is folded from. */
export function planLayout(layout: Layout, options: FoldPlanOptions): FoldPlan {
  if (layout.foldFrom === undefined) return planSurround(layout, options.surround, {});
  const from = getLayout(layout.foldFrom);
  const fold = { matrix: foldDownMatrix(from, layout, options.fold), quadrature: undefined };
  return foldFurther(from, fold, 'folded from', options);
}

/**
 * Plans stereo: folded from 5.1, or rendered itself.
 * @throws ConfigError "fixed-fold" for levels that the rule does not have
 */
export function planStereo(options: FoldPlanOptions): FoldPlan {
  const { rule = 'lo-ro' } = options.fold;
  if (rule === 'direct') {
    requireStandardLevels(options.fold);
    return planSurround(getLayout('0+2+0'), undefined, {});
  }
  const fold = designStereoFold({ ...options.fold, rule });
  const turned = isPhaseShifted({ ...options.fold, rule }) ? ', surrounds turned by 90 degrees,' : '';
  return foldFurther(getLayout('0+5+0'), fold, `${stereoRuleNames[rule]} fold-down${turned} of`, options);
}

/** A layout that is rendered, or where its surrounds come from those of 7.1 folded from that. */
function planSurround(
  layout: Layout,
  rule: SurroundRule | undefined,
  more: Partial<LoudspeakerFormat>,
): FoldPlan {
  const surround = rule && designSurroundFold(layout, rule);
  if (!surround)
    return {
      format: { kind: 'loudspeakers', layout, ...more },
      fold: undefined,
      description: 'rendered directly (ITU-R BS.2127)',
    };
  return {
    format: { kind: 'loudspeakers', layout: surround.from, trimsOf: layout, ...more },
    fold: surround.fold,
    description: `folded from 7.1 by ${surroundRuleNames[rule]}`,
  };
}

function foldFurther(
  from: Layout,
  fold: FoldDown,
  what: string,
  { surround, hasDividedBeds }: FoldPlanOptions,
): FoldPlan {
  const planned = planSurround(from, surround, hasDividedBeds ? { meetsInFold: true } : {});
  const name = from.aliases[0] ?? from.name;
  return planned.fold
    ? {
        format: planned.format,
        fold: composeFolds(planned.fold, fold, from.loudspeakers.length),
        description: `${what} ${name}, ${planned.description}`,
      }
    : { format: planned.format, fold, description: `${what} the ${name} render` };
}
