import { findLayout } from '../layouts/built-in.ts';
import { needsReRender, type FileFacts } from './file-facts.ts';
import type { FileRule } from './file-rule.ts';
import { fileRules } from './file-rules.ts';
import { takesLayout, type Profile, type ProfileRule } from './profile.ts';
import type { Figures } from './figures.ts';
import type { Check } from './report.ts';
import { measuredText, ruleText } from './rule-text.ts';

/** Faults of one rule that are listed. */
const listedFaults = 20;

/** Numbers are read back from text and sums: a bound is not missed by their last digits. */
const roundingTolerance = 1e-9;

/** Whether a rule can be judged only where the audio was measured. */
export function needsAudio(rule: ProfileRule): boolean {
  if (rule.measure === 'rule') return fileRules.get(rule.rule)!.needsAudio === true;
  return !['text', 'sampleRateHz', 'bitDepth', 'dialogueLufs'].includes(rule.measure);
}

/** Checks a file against every rule of a profile, its layout first, the others in the profile's order. */
export function checkProfile(profile: Profile, facts: FileFacts): Check[] {
  return [checkLayout(profile, facts), ...profile.rules.map((rule) => checkRule(profile, rule, facts))];
}

function checkLayout(profile: Profile, { layout, figures, unmeasured }: FileFacts): Check {
  const common = {
    profile: profile.id,
    id: 'layout',
    confidence: undefined,
    strength: 'required',
    measured: layout,
  } as const;
  const { layouts } = profile;
  if (layouts?.length === 0) {
    const message = `a ${layout} file; what is wanted is nothing that periphon reads`;
    return { ...common, rule: 'layout', result: 'not-verifiable', message };
  }
  if (layouts !== undefined && figures === undefined) {
    const rule = `layout ${layoutNames(layouts)}`;
    return { ...common, rule, result: 'not-verifiable', message: unmeasured ?? 'not measured' };
  }
  const found = findLayout(layout);
  const isTaken = layouts === undefined || (found !== undefined && takesLayout(profile, found));
  const rule = `layout ${layouts ? layoutNames(layouts) : 'any'}`;
  return { ...common, rule, result: isTaken ? 'pass' : 'fail', message: layout };
}

const layoutNames = (layouts: readonly string[]): string =>
  layouts.map((name) => findLayout(name)?.aliases[0] ?? name).join(' or ');

function checkRule(profile: Profile, rule: ProfileRule, facts: FileFacts): Check {
  return {
    profile: profile.id,
    id: rule.measure === 'rule' ? rule.rule : rule.measure,
    rule: ruleText(rule, needsReRender(facts.channelCount)),
    ...judge(rule, facts),
    confidence: rule.confidence,
    strength: rule.strength ?? 'required',
  };
}

type Judgement = Pick<Check, 'measured' | 'result' | 'message' | 'reason' | 'faults'>;

const notVerifiable = (message: string, measured?: number): Judgement => ({
  measured,
  result: 'not-verifiable',
  message,
});

function judge(rule: ProfileRule, facts: FileFacts): Judgement {
  switch (rule.measure) {
    case 'text':
      return notVerifiable('periphon does not read this from files');
    case 'rule':
      return judgeByName(fileRules.get(rule.rule)!, facts);
    case 'dialogueLufs':
      return notVerifiable('the loudness of dialogue alone is not measured');
    case 'sampleRateHz':
    case 'bitDepth': {
      const measured = facts[rule.measure];
      return { measured, ...verdict(rule, measured) };
    }
    case 'tailSilenceSamples': {
      const measured = facts.tailSilenceSamples;
      if (measured === undefined)
        return notVerifiable(facts.unmeasured ?? 'silence is measured by periphon check alone');
      return { measured, ...verdict(rule, measured) };
    }
    default: {
      const figures = figuresFor(rule.on, facts);
      if (!figures) return notVerifiable(facts.unmeasured ?? `the ${rule.on} re-render was not measured`);
      const measured = figures[rule.measure];
      if (rule.condition !== undefined) {
        const text = measuredText(rule.measure, measured);
        return notVerifiable(`applies ${rule.condition}, which is not known; it is ${text}`, measured);
      }
      return { measured, ...verdict(rule, measured) };
    }
  }
}

function judgeByName({ check, found, reason }: FileRule, facts: FileFacts): Judgement {
  const faults = check(facts);
  if (typeof faults === 'string') return { ...notVerifiable(faults), reason };
  const [first] = faults;
  if (!first)
    return { measured: undefined, result: 'pass', message: found?.(facts) || 'as it should be', reason };
  const others = faults.length > 1 ? `, and ${faults.length - 1} more` : '';
  return {
    measured: undefined,
    result: 'fail',
    message: `${first.found}${others}`,
    reason,
    faults: { count: faults.length, list: faults.slice(0, listedFaults) },
  };
}

/** The figures that a rule is about: of the re-render that it names, where the file has more channels than that. */
function figuresFor(
  on: string | undefined,
  { channelCount, figures, reRenders }: FileFacts,
): Figures | undefined {
  return on !== undefined && needsReRender(channelCount) ? reRenders[on] : figures;
}

type BoundedRule = Exclude<ProfileRule, { readonly measure: 'text' | 'rule' }>;

function verdict(rule: BoundedRule, measured: number): Pick<Judgement, 'result' | 'message'> {
  return {
    result: isWithin(rule, measured) ? 'pass' : 'fail',
    message: measuredText(rule.measure, measured),
  };
}

function isWithin(rule: BoundedRule, measured: number): boolean {
  if ('allowed' in rule) return (rule.allowed as readonly number[]).includes(measured);
  if ('target' in rule) return Math.abs(measured - rule.target) <= rule.tolerance + roundingTolerance;
  const { minimum = -Infinity, maximum = Infinity } = rule;
  const tolerance = ('tolerance' in rule ? (rule.tolerance ?? 0) : 0) + roundingTolerance;
  return measured >= minimum - tolerance && measured <= maximum + tolerance;
}
