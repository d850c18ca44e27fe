import { getLayout } from '../../layouts/built-in.ts';
import { normalizeLabel } from '../../layouts/labels.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { DeliveryMetadata } from '../../scene/scene.ts';
import { proLogicShares, type FoldDown } from './stereo-rules.ts';

/**
 * Ways to layouts with the surrounds of 5.1, and so to stereo, which is folded from them:
 * - direct: rendered to it (BS.2127);
 * - room-balance: as direct, objects moved back (see `warpPosition`);
 * - lo-ro, pl2x: rendered with the sides and rears of 7.1, which are folded (see `designSurroundFold`).
 */
export const surroundRules = ['direct', 'room-balance', 'lo-ro', 'pl2x'] as const;

/** One of the ways to layouts with the surrounds of 5.1. */
export type SurroundRule = (typeof surroundRules)[number];

/** The rule that a master states for 5.1; undefined where it states none. */
export function surroundRuleOfMaster({
  warpMode,
}: Pick<DeliveryMetadata, 'warpMode'>): SurroundRule | undefined {
  switch (warpMode) {
    case 'normal':
      return 'direct';
    case 'warping':
      return 'room-balance';
    case 'proLogicIIx':
      return 'pl2x';
    case 'loRo':
      return 'lo-ro';
    case undefined:
      return undefined;
  }
}

/** What a rule is called in descriptions. */
export const surroundRuleNames: Readonly<Record<SurroundRule, string>> = Object.freeze({
  direct: 'direct render',
  'room-balance': 'direct render with room balance',
  'lo-ro': 'Lo/Ro (third-party figures)',
  pl2x: 'Pro Logic IIx (third-party figures 0.872/0.490)',
});

/** A layout that is folded from one with the sides and rears of 7.1 in the place of its surrounds. */
export interface SurroundFold {
  readonly from: Layout;
  readonly fold: FoldDown;
}

/**
 * Folds sides and rears to the surrounds of a layout, all else stays:
 * - lo-ro: Ls = Lss + Lrs;
 * - pl2x: Ls = Lss + 0.8718 Lrs + 0.4899 Rrs, Rs = Rss + 0.4899 Lrs + 0.8718 Rrs.
 *
 * Trust B: third parties quote both from Dolby's renderer guide. That the heights of 5.1.2 and 5.1.4 stay as they are is
 * assumed.
 * @returns undefined for the rules that fold nothing, and for layouts without the two surrounds of 5.1 (M+110, M-110)
 */
export function designSurroundFold(layout: Layout, rule: SurroundRule): SurroundFold | undefined {
  if (rule === 'direct' || rule === 'room-balance') return undefined;
  const names = layout.loudspeakers.map(({ label }) => normalizeLabel(label, layout) ?? label);
  const surrounds = [names.indexOf('M+110'), names.indexOf('M-110')] as const;
  if (surrounds.includes(-1) || names.some((name) => /^M.(090|135)$/.test(name))) return undefined;
  const from = withSidesAndRears(layout, surrounds);
  const matrix = new Float64Array(names.length * from.loudspeakers.length);
  const set = (output: number, label: string, gain: number): void => {
    const input = from.loudspeakers.findIndex((loudspeaker) => loudspeaker.label === label);
    matrix[output * from.loudspeakers.length + input] = gain;
  };
  layout.loudspeakers.forEach(({ label }, output) => {
    if (!surrounds.includes(output)) set(output, label, 1);
  });
  const { own, other } = rule === 'lo-ro' ? { own: 1, other: 0 } : proLogicShares;
  for (const [side, output] of surrounds.entries()) {
    set(output, sideLabels[side]!, 1);
    set(output, rearLabels[side]!, own);
    set(output, rearLabels[1 - side]!, other);
  }
  return { from, fold: { matrix, quadrature: undefined } };
}

const sideLabels = ['M+090', 'M-090'] as const;
const rearLabels = ['M+135', 'M-135'] as const;

function withSidesAndRears(layout: Layout, surrounds: readonly number[]): Layout {
  const seven = getLayout('0+7+0');
  // The very layout, so that its render serves 7.1 too.
  if (layout.name === '0+5+0') return seven;
  const added = [...sideLabels, ...rearLabels].map((label) =>
    seven.loudspeakers.find((loudspeaker) => loudspeaker.label === label)!,
  );
  const at = Math.min(...surrounds);
  const others = layout.loudspeakers.filter((_, index) => !surrounds.includes(index));
  const loudspeakers = [...others.slice(0, at), ...added, ...others.slice(at)];
  const name = layout.aliases[0] ?? layout.name;
  return { ...layout, name: `${name} with the sides and rears of 7.1`, aliases: [], loudspeakers };
}
