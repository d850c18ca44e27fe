import { findLayout } from '../layouts/built-in.ts';
import { needsReRender, type FileFacts } from './file-facts.ts';
import { takesLayout, type Profile, type ProfileRule } from './profile.ts';
import type { Figures } from './figures.ts';
import type { Check } from './report.ts';
import { measuredText, ruleText } from './rule-text.ts';

/** Numbers are read back from text and sums: a bound is not missed by their last digits. */
const roundingTolerance = 1e-9;

/** Checks a file against every rule of a profile, its layout first, the others in the profile's order. */
export function checkProfile(profile: Profile, facts: FileFacts): Check[] {
  return [checkLayout(profile, facts), ...profile.rules.map((rule) => checkRule(profile, rule, facts))];
}

function checkLayout(profile: Profile, { layout }: FileFacts): Check {
  const common = {
    profile: profile.id,
    confidence: undefined,
    strength: 'required',
    measured: layout,
  } as const;
  const { layouts } = profile;
  if (layouts?.length === 0) {
    const message = `a ${layout} file; what is wanted is nothing that periphon reads`;
    return { ...common, rule: 'layout', result: 'not-verifiable', message };
  }
  const found = findLayout(layout);
  const isTaken = layouts === undefined || (found !== undefined && takesLayout(profile, found));
  const names = layouts?.map((name) => findLayout(name)?.aliases[0] ?? name).join(' or ');
  const rule = names === undefined ? 'layout any' : `layout ${names}`;
  return { ...common, rule, result: isTaken ? 'pass' : 'fail', message: layout };
}

function checkRule(profile: Profile, rule: ProfileRule, facts: FileFacts): Check {
  const { measured, result, message } = judge(rule, facts);
  return {
    profile: profile.id,
    rule: ruleText(rule),
    result,
    measured,
    message,
    confidence: rule.confidence,
    strength: rule.strength ?? 'required',
  };
}

type Judgement = Pick<Check, 'measured' | 'result' | 'message'>;

const notVerifiable = (message: string, measured?: number): Judgement => ({
  measured,
  result: 'not-verifiable',
  message,
});

function judge(rule: ProfileRule, facts: FileFacts): Judgement {
  switch (rule.measure) {
    case 'text':
      return notVerifiable('periphon does not read this from files');
    case 'dialogueLufs':
      return notVerifiable('the loudness of dialogue alone is not measured');
    case 'sampleRateHz':
    case 'bitDepth': {
      const measured = facts[rule.measure];
      return { measured, ...verdict(rule, measured) };
    }
    case 'tailSilenceSamples': {
      const measured = facts.tailSilenceSamples;
      if (measured === undefined) return notVerifiable('silence is measured by periphon check alone');
      return { measured, ...verdict(rule, measured) };
    }
    default: {
      const figures = figuresFor(rule.on, facts);
      if (!figures) return notVerifiable(`the ${rule.on} re-render was not measured`);
      const measured = figures[rule.measure];
      if (rule.condition !== undefined) {
        const text = measuredText(rule.measure, measured);
        return notVerifiable(`applies ${rule.condition}, which is not known; it is ${text}`, measured);
      }
      return { measured, ...verdict(rule, measured) };
    }
  }
}

/** The figures that a rule is about: of the re-render that it names, where the file has more channels than that. */
function figuresFor(
  on: string | undefined,
  { channelCount, figures, reRenders }: FileFacts,
): Figures | undefined {
  return on !== undefined && needsReRender(channelCount) ? reRenders[on] : figures;
}

type BoundedRule = Exclude<ProfileRule, { readonly measure: 'text' }>;

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
