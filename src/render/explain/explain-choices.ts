import type { DeliveryMetadata } from '../../scene/scene.ts';
import { foldDownDefaults } from '../downmix/fold-down.ts';
import {
  isPhaseShifted,
  ruleOfMaster,
  stereoRuleNames,
  type StereoFoldOptions,
  type StereoRule,
} from '../downmix/stereo-rules.ts';
import { surroundRuleNames, surroundRuleOfMaster, type SurroundRule } from '../downmix/surround-rules.ts';
import type { LoudspeakerFormat } from '../render-format.ts';
import { largestAutomaticTrimDb } from '../trim/trim-rules.ts';
import { layoutClassOf } from '../trim/layout-class.ts';
import { layoutTrimsOf, type TrimSettings } from '../trim/trim-settings.ts';

/** Something that was chosen for a target. */
export interface RenderChoice {
  /** "5.1 downmix". */
  readonly name: string;
  readonly choice: string;
  /** What chose it: a flag (or an option of the library), the metadata of the scene's master, or nothing. */
  readonly origin: 'flag' | 'master' | 'default';
  /** Where rule and figures come from: A a standard, B third-party code or pages, C not verified, or our own. */
  readonly source: string;
}

/** What `explainChoices` is asked. */
export interface ChoiceOptions {
  readonly format: LoudspeakerFormat;
  /** What the target is: a layout, one that is folded from another layout, or stereo. */
  readonly kind: 'layout' | 'folded' | 'stereo';
  readonly delivery: DeliveryMetadata;
  /** What was asked for. */
  readonly fold?: StereoFoldOptions | undefined;
  readonly trims?: TrimSettings | undefined;
}

/** Says what was chosen for a target that is rendered to loudspeakers, by whom, and how far its figures can be trusted. */
export function explainChoices(options: ChoiceOptions): RenderChoice[] {
  const { format, kind } = options;
  const { name } = layoutClassOf(format.trimsOf ?? format.layout);
  return [
    ...(kind === 'stereo' ? stereoChoices(options) : []),
    ...(kind === 'folded' ? levelChoices(options.fold ?? {}) : []),
    ...(name.startsWith('5.1') ? [surroundChoice(options)] : []),
    trimChoice(options),
  ];
}

const originOf = (asked: unknown, stated: unknown): RenderChoice['origin'] =>
  asked !== undefined ? 'flag' : stated !== undefined ? 'master' : 'default';

const stereoSources: Readonly<Record<StereoRule, string>> = {
  'lo-ro': 'A: ITU-R BS.775-3 Table 2',
  bs775: 'A: ITU-R BS.775-3 Table 2',
  'lt-rt': 'B: measured in FFmpeg',
  'lt-rt-pl2': "B: Dolby's renderer guide as third parties quote it",
  direct: 'A: ITU-R BS.2127',
};

const surroundSources: Readonly<Record<SurroundRule, string>> = {
  direct: 'A: ITU-R BS.2127',
  'room-balance': 'B: two third-party renderers',
  'lo-ro': "B: Dolby's renderer guide as third parties quote it; C: trims of 5.1 in it, heights kept",
  pl2x: "B: Dolby's renderer guide as third parties quote it; C: trims of 5.1 in it, heights kept",
};

function stereoChoices({ fold = {}, delivery }: ChoiceOptions): RenderChoice[] {
  const stated = ruleOfMaster(delivery);
  const rule = fold.rule ?? stated ?? 'lo-ro';
  const downmix: RenderChoice = {
    name: 'stereo downmix',
    choice: stereoRuleNames[rule],
    origin: originOf(fold.rule, stated),
    source: stereoSources[rule],
  };
  if (rule === 'direct') return [downmix];
  const phaseShift = fold.phaseShift ?? (rule === 'bs775' ? undefined : delivery.phaseShift90);
  const isShifted = isPhaseShifted({ rule, phaseShift });
  const shift: RenderChoice = {
    name: 'phase shift',
    choice: isShifted ? 'surrounds by 90 degrees' : 'none',
    origin: originOf(fold.phaseShift, phaseShift),
    source: isShifted ? 'B: third-party pages; C: which way it turns' : '-',
  };
  return [downmix, shift, ...levelChoices(fold)];
}

function levelChoices({ centreDb, surroundDb, lfeDb }: StereoFoldOptions): RenderChoice[] {
  const choice = [
    `centre ${centreDb ?? foldDownDefaults.centreDb} dB`,
    `surrounds ${surroundDb ?? foldDownDefaults.surroundDb} dB`,
    lfeDb === undefined ? 'LFE dropped' : `LFE ${lfeDb} dB`,
  ];
  const origin = originOf(centreDb ?? surroundDb ?? lfeDb, undefined);
  return [{ name: 'levels', choice: choice.join(', '), origin, source: 'A: ITU-R BS.775-3, ATSC A/52' }];
}

function surroundChoice({ trims = {}, delivery }: ChoiceOptions): RenderChoice {
  const stated = surroundRuleOfMaster(delivery);
  const rule = trims.surround ?? stated ?? 'direct';
  return {
    name: '5.1 downmix',
    choice: surroundRuleNames[rule],
    origin: originOf(trims.surround, stated),
    source: surroundSources[rule],
  };
}

function trimChoice({ format, trims = {}, delivery }: ChoiceOptions): RenderChoice {
  const layoutClass = layoutClassOf(format.trimsOf ?? format.layout);
  const { name } = layoutClass;
  const { trim } = layoutTrimsOf(layoutClass, delivery, trims);
  const origin = originOf(trims.trim, delivery.trims[name]);
  if (trim === undefined) return { name: 'trims', choice: 'none', origin, source: '-' };
  if (trim === 'automatic') {
    const choice = `automatic of ${name}, ${largestAutomaticTrimDb(layoutClass)} dB at most`;
    return { name: 'trims', choice, origin, source: 'B: a third-party renderer' };
  }
  const centre = name === '2.0' ? '; C: where the centre is' : '';
  const source = `A: fields of ETSI TS 103 420; B: formulas of a third-party renderer${centre}`;
  return { name: 'trims', choice: `manual of ${name}`, origin, source };
}
