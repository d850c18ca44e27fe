import { profileDemands } from '../deliver/profile-demands.ts';
import type { Normalization, Profile, ProfileRule } from '../deliver/profile.ts';
import { confidenceText, ruleText, sourceText } from '../deliver/rule-text.ts';
import { formatTable } from './format.ts';

/** One line a profile: what it delivers, its loudness and its ceiling; what is unverified is marked. */
export const profileList = (profiles: readonly Profile[]): string =>
  formatTable(
    [{ title: 'id' }, { title: 'name' }, { title: 'targets' }, { title: 'loudness' }, { title: 'ceiling' }],
    profiles.map((profile) => [
      profile.id,
      profile.name,
      profile.targets.join(' ') || '-',
      loudnessText(profile),
      ceilingText(profile),
    ]),
  );

/** Loudness of a profile in a few words: "at most -18 LUFS on 5.1". */
export function loudnessText(profile: Profile): string {
  if (profile.keepsLoudness) return 'as it is';
  const { loudnessRule, loudnessLufs } = profileDemands(profile, 48000);
  if (loudnessLufs === undefined) return '-';
  const rule =
    levelRule(profile, 'integratedLufs', loudnessLufs) ?? levelRule(profile, 'dialogueLufs', loudnessLufs);
  const on = rule && 'on' in rule && rule.on !== undefined ? ` on ${rule.on}` : '';
  const prefix = loudnessRule === 'at-most' ? 'at most ' : '';
  return `${prefix}${loudnessLufs} LUFS${on}${unverified(rule)}`;
}

/** True-peak ceiling of a profile: "-1 dBTP". */
export function ceilingText(profile: Profile): string {
  const { ceilingDbtp } = profileDemands(profile, 48000);
  if (ceilingDbtp === undefined) return '-';
  return `${ceilingDbtp} dBTP${unverified(levelRule(profile, 'truePeakDbtp', ceilingDbtp))}`;
}

const levelRule = ({ rules }: Profile, measure: string, value: number): ProfileRule | undefined =>
  rules.find(
    (rule) =>
      rule.measure === measure &&
      (('target' in rule && rule.target === value) || ('maximum' in rule && rule.maximum === value)),
  );

const unverified = (rule: ProfileRule | undefined): string =>
  rule?.confidence === 'memory' ? ' (unverified)' : '';

/** Everything that is known of a profile: rules, what players do, and the sources of both. */
export function profileText(profile: Profile): string {
  const { id, name, asOf, targets, rules, normalization } = profile;
  const sources = [...new Set([...rules, ...normalization].map(({ source }) => source))].filter(
    (source) => source !== undefined,
  );
  const line = (text: string, entry: ProfileRule | Normalization, notes: readonly string[]): string => {
    const place = entry.source ? ` [${sources.indexOf(entry.source) + 1}]` : '';
    const trust = entry.confidence === 'memory' ? ' (unverified)' : '';
    return [`  ${text}${trust}${place}`, ...notes.map((note) => `      ${note}`)].join('\n');
  };
  const ruleLines = rules.map((rule) => line(`${ruleText(rule)}${strengthText(rule)}`, rule, notesOf(rule)));
  const playerLines = normalization.map((entry) => line(normalizationText(entry), entry, notesOf(entry)));
  const sourceLines = sources.map(
    (source, index) => `  [${index + 1}] ${sourceText({ source })} (${confidenceText(source)})`,
  );
  const part = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [title, ...lines] : [];
  return [
    `${id}: ${name}`,
    `as of ${asOf}; delivers ${targets.join(', ') || 'nothing that periphon makes'}`,
    ...part('rules', ruleLines),
    ...part('players', playerLines),
    ...part('sources', sourceLines),
  ].join('\n');
}

const strengthText = ({ strength }: ProfileRule): string =>
  strength === 'recommended' ? ', recommended' : '';

const notesOf = (entry: ProfileRule | Normalization): string[] =>
  [entry.note, 'condition' in entry ? entry.condition : undefined].filter((note) => note !== undefined);

function normalizationText({ mode, referenceLufs, raises, peakDbtp }: Normalization): string {
  const setting = mode === undefined ? '' : `${mode}: `;
  if (referenceLufs === null) return `${setting}files as they are`;
  const up = {
    never: 'only down',
    'to-peak': `up as far as peaks of ${peakDbtp} dBTP allow`,
    limited: `up all the way, limited at ${peakDbtp} dB`,
  }[raises];
  return `${setting}to ${referenceLufs} LUFS, ${up}`;
}
