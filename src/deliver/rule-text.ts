import { fileRules } from './file-rules.ts';
import type { Evidence, ProfileRule } from './profile.ts';

const measures = Object.freeze({
  integratedLufs: { name: 'integrated loudness', unit: 'LUFS' },
  momentaryMaxLufs: { name: 'largest momentary loudness', unit: 'LUFS' },
  shortTermMaxLufs: { name: 'largest short-term loudness', unit: 'LUFS' },
  dialogueLufs: { name: 'dialogue loudness', unit: 'LUFS' },
  loudnessRangeLu: { name: 'loudness range', unit: 'LU' },
  truePeakDbtp: { name: 'true peak', unit: 'dBTP' },
  sampleRateHz: { name: 'sample rate', unit: 'Hz' },
  bitDepth: { name: 'word length', unit: 'bit' },
  tailSilenceSamples: { name: 'silence at the end', unit: 'samples' },
});

/**
 * A rule in words: "true peak at most -1 dBTP", "integrated loudness -24 +-2 LUFS of the 5.1 re-render".
 * @param isReRendered whether what is judged has more channels than the layout that the rule names
 */
export function ruleText(rule: ProfileRule, isReRendered = true): string {
  if (rule.measure === 'text') return rule.text;
  if (rule.measure === 'rule') return fileRules.get(rule.rule)!.text;
  const { name, unit } = measures[rule.measure];
  const on = isReRendered && 'on' in rule && rule.on !== undefined ? ` of the ${rule.on} re-render` : '';
  return `${name} ${boundsText(rule)} ${unit}${on}`;
}

function boundsText(rule: Exclude<ProfileRule, { readonly measure: 'text' | 'rule' }>): string {
  if ('allowed' in rule) return rule.allowed.join(' or ');
  if ('target' in rule) return `${rule.target} +-${rule.tolerance}`;
  const { minimum, maximum } = rule;
  const tolerance = 'tolerance' in rule && rule.tolerance ? ` +${rule.tolerance}` : '';
  if (minimum === undefined) return `at most ${maximum}${tolerance}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

/** A value of what a rule measures, with its unit: "-13.27 LUFS"; what has none is said in words. */
export function measuredText(measure: keyof typeof measures, value: number): string {
  const { unit } = measures[measure];
  // Loudness needs one block of 400 ms over the absolute gate.
  if (!Number.isFinite(value)) return unit === 'LUFS' ? 'silent or under 0.4 s' : 'no signal';
  const isLevel = unit.startsWith('LU') || unit.startsWith('dB');
  return `${isLevel ? value.toFixed(2).replace(/^-(0\.00)$/, '$1') : value} ${unit}`;
}

/** How far a figure can be trusted, in a word that never hides what is not verified. */
export const confidenceText = ({ confidence }: Pick<Evidence, 'confidence'>): string =>
  ({ owner: 'owner', secondary: 'secondary source', memory: 'unverified' })[confidence];

/** Where a figure was read: title, address and date. */
export function sourceText({ source }: Pick<Evidence, 'source'>): string {
  if (!source) return 'from memory';
  return `${source.title}, ${source.where}${source.date ? `, ${source.date}` : ''}`;
}
