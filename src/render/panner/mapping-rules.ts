import type { Layout } from '../../layouts/layout.ts';

/**
 * Where a channel of a bed goes when the layout lacks its loudspeaker. BS.2127-1 clause 8.4, table of mapping
 * rules; for each label the first rule counts whose loudspeakers the layout has. Powers: the gain is the square
 * root. Rules of the right side mirror those of the left.
 */
export interface MappingRule {
  /** Power for each loudspeaker. */
  readonly powers: Readonly<Record<string, number>>;
  /** Layouts of the bed that the rule is for; all where undefined. */
  readonly from?: readonly string[];
  /** Layouts of the output that the rule is for; all where undefined. */
  readonly to?: readonly string[];
}

/** Layouts with two LFEs. */
const twoLfe = ['9+10+3', '3+7+0'];
const from22 = ['9+10+3'];

const rule = (powers: Readonly<Record<string, number>>, from?: readonly string[]): MappingRule =>
  from ? { powers, from } : { powers };
const only = (label: string): MappingRule => rule({ [label]: 1 });
const half = (a: string, b: string): MappingRule => rule({ [a]: 1 / 2, [b]: 1 / 2 });
const lowered = (label: string): MappingRule => rule({ [label]: 1 / 2 });
const pair = (label: string, power = 1 / 2): MappingRule =>
  rule({ [`${label[0]}+${label.slice(1)}`]: power, [`${label[0]}-${label.slice(1)}`]: power });
const two = (a: string, b: string): MappingRule =>
  rule({ ...pair(a, 1 / 4).powers, ...pair(b, 1 / 4).powers });

const upperBack = [pair('U135'), pair('U110'), pair('M135'), pair('M110'), pair('M030', 1 / 4)];

const rulesOfLeftAndMiddle: Readonly<Record<string, readonly MappingRule[]>> = {
  'M+000': [only('M+000'), pair('M030')],
  'M+060': [only('M+060'), rule({ 'M+030': 2 / 3, 'M+110': 1 / 3 }), half('M+030', 'M+090'), only('M+030')],
  'M+090': [
    only('M+090'),
    rule({ 'M+030': 1 / 3, 'M+110': 2 / 3 }, from22),
    half('M+030', 'M+110'),
    lowered('M+030'),
  ],
  'M+110': [only('M+110'), only('M+135'), lowered('M+030')],
  'M+135': [only('M+135'), only('M+110'), lowered('M+030')],
  'M+180': [only('M+180'), pair('M135'), pair('M110'), pair('M030', 1 / 4)],
  'U+000': [only('U+000'), pair('U030'), pair('U045'), only('M+000'), pair('M030')],
  'U+030': [only('U+030'), only('U+045'), only('M+030')],
  'U+045': [only('U+045'), only('U+030'), only('M+030')],
  'U+090': [
    only('U+090'),
    rule({ 'U+045': 2 / 3, 'UH+180': 1 / 3 }, from22),
    half('U+030', 'U+110'),
    half('U+045', 'U+135'),
    only('M+090'),
    half('U+030', 'M+110'),
    half('M+030', 'M+110'),
    lowered('M+030'),
  ],
  'U+110': [
    only('U+110'),
    only('U+135'),
    half('U+045', 'UH+180'),
    only('M+110'),
    only('M+135'),
    lowered('M+030'),
  ],
  'U+135': [
    only('U+135'),
    only('U+110'),
    rule({ 'U+045': 1 / 3, 'UH+180': 2 / 3 }, from22),
    half('U+045', 'UH+180'),
    only('M+135'),
    only('M+110'),
    lowered('M+030'),
  ],
  'U+180': [only('U+180'), only('UH+180'), ...upperBack],
  'UH+180': [only('UH+180'), only('U+180'), ...upperBack],
  'T+000': [
    only('T+000'),
    two('U045', 'U135'),
    two('U030', 'U110'),
    rule({ 'U+045': 1 / 3, 'U-045': 1 / 3, 'UH+180': 1 / 3 }),
    two('U045', 'M135'),
    two('U030', 'M110'),
    two('M030', 'M135'),
    two('M030', 'M110'),
    pair('M030', 1 / 4),
  ],
  'B+000': [only('B+000'), only('M+000'), pair('M030')],
  'B+045': [only('B+045'), only('M+030')],
  LFE1: [{ ...only('LFE1'), from: twoLfe, to: twoLfe }, rule({ LFE1: 1 / 2 }, twoLfe), only('LFE1')],
  LFE2: [{ ...only('LFE2'), from: twoLfe, to: twoLfe }, rule({ LFE1: 1 / 2 }, twoLfe)],
};

/** Label of the loudspeaker on the other side; those in the middle are their own. */
export const mirrorLabel = (label: string): string =>
  /(000|180)$/.test(label) ? label : label.replace(/[+-]/, (sign) => (sign === '+' ? '-' : '+'));

const mirrorRule = (original: MappingRule): MappingRule => ({
  ...original,
  powers: Object.fromEntries(
    Object.entries(original.powers).map(([label, power]) => [mirrorLabel(label), power]),
  ),
});

/** Mapping rules by the label of the bed's channel, in the order in which they are tried. */
export const mappingRules: ReadonlyMap<string, readonly MappingRule[]> = new Map(
  Object.entries(rulesOfLeftAndMiddle).flatMap(([label, rules]) =>
    mirrorLabel(label) === label
      ? [[label, rules] as const]
      : [[label, rules] as const, [mirrorLabel(label), rules.map(mirrorRule)] as const],
  ),
);

/**
 * The rule for a channel of a bed; undefined where none knows its label.
 * @param from BS.2051 name of the bed's layout, where it has one
 * @param names BS.2051 labels of the output's loudspeakers
 */
export const findMappingRule = (
  label: string,
  from: string | undefined,
  layout: Layout,
  names: readonly string[],
): MappingRule | undefined =>
  mappingRules
    .get(label)
    ?.find(
      (rule) =>
        (!rule.from || (from !== undefined && rule.from.includes(from))) &&
        (!rule.to || rule.to.includes(layout.name)) &&
        Object.keys(rule.powers).every((target) => names.includes(target)),
    );

/**
 * A rule for renders whose fronts and surrounds meet in a fold-down: what is divided between M+030 and a surround would
 * come out of it 1.6 to 1.8 dB louder, as its halves add up in phase. It goes to one of them alone, the one that gives
 * the level of the channel's own rule for stereo: -3 dB by the surround (M+090, U+090, T+000), 0 dB by the front
 * (M+060). The same rule where nothing is divided.
 */
export function undivided(label: string, rule: MappingRule): MappingRule {
  const entries = Object.entries(rule.powers);
  const fronts = entries.filter(([name]) => /^M.0[03]0$/.test(name));
  const surrounds = entries.filter(([name]) => /^M.(090|110|135)$/.test(name));
  if (fronts.length === 0 || surrounds.length === 0) return rule;
  const stereo = mappingRules.get(label)!.at(-1)!.powers;
  const kept = sumOf(Object.values(stereo)) < 1 ? surrounds : fronts;
  const total = sumOf(kept.map(([, power]) => power));
  return { ...rule, powers: Object.fromEntries(kept.map(([name, power]) => [name, power / total])) };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
