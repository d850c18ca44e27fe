import type { SceneEffectReport, SceneFileReport } from '../deliver/report.ts';
import type { EntryExplanation, RecipeExplanation } from '../job/explain-recipe.ts';
import { formatNumber } from './format.ts';
import { ruleText } from './planned-text.ts';

const kindTexts = {
  'common-gain': 'one gain; nothing moves where all tracks have it',
  linear: 'a filter; where all tracks have it and nothing moves, renders change as if they were filtered',
  mixing: 'from track to track: renders change otherwise than if they were processed themselves',
  'non-linear': 'follows the sound: renders change otherwise than if they were processed themselves',
} as const satisfies Record<SceneEffectReport['kind'], string>;

const idleTexts = {
  bypass: 'left out (bypass)',
  amount: 'left out (amount 0)',
  group: 'no track of this scene is in its group',
} as const satisfies Record<NonNullable<SceneEffectReport['idle']>, string>;

/** What a recipe does to a scene, for people. */
export function explanationText({ sceneStage, sceneLoudness, targets }: RecipeExplanation): string {
  const entries = sceneStage.map((entry, index) => entryText(entry, index + 1));
  const level = sceneLoudness ? [levelText(sceneLoudness)] : [];
  const settings = `settings for ${targets.length > 0 ? targets.join(', ') : 'no target'}`;
  return [...(entries.length > 0 ? entries : ['nothing is done to the scene']), ...level, settings].join(
    '\n\n',
  );
}

/** The level of a scene that is written, for people. */
function levelText(level: NonNullable<RecipeExplanation['sceneLoudness']>): string {
  const { on, renders, ceilingDbtp, loudnessRule, loudnessLufs } = level;
  const wanted = ruleText({ loudnessRule, loudnessTargetLufs: loudnessLufs });
  return [
    `the scene where it is written (adm, damf, stems): ${wanted} on ${on.join(', ')}`,
    `   one gain on all tracks, LFE included: nothing moves`,
    `   at most ${ceilingDbtp} dBTP on ${renders.join(', ')}`,
  ].join('\n');
}

function entryText(entry: EntryExplanation, place: number): string {
  const { id, type, note, amount, parameters, kind, idle, members, description } = entry;
  const lines = [`${place}. ${id} (${type}): ${description}`];
  if (note !== undefined) lines.push(`   note: ${note}`);
  lines.push(...Object.entries(parameters).flatMap(([name, value]) => parameterLines(name, value)));
  if (amount !== 1) lines.push(`   amount: ${formatNumber(amount * 100, 0)} %`);
  if (idle) return [...lines, `   ${idleTexts[idle]}`].join('\n');
  lines.push(`   ${kindTexts[kind]}`);
  return [...lines, ...memberTexts(members).map((text) => `   on ${text}`)].join('\n');
}

/** Elements that belong as a whole in one line for each weight, single channels in lines of their own. */
function memberTexts(members: EntryExplanation['members']): string[] {
  const wholes = new Map<string, string[]>();
  const parts: string[] = [];
  for (const { element, channels, ...weights } of members) {
    const weight = weightText(weights);
    if (channels) parts.push(`${element}: ${channels.join(' ')}${weight}`);
    else wholes.set(weight, [...(wholes.get(weight) ?? []), element]);
  }
  return [...parts, ...[...wholes].map(([weight, names]) => `${names.join(', ')}${weight}`)];
}

/** Lists of objects stand on lines of their own. */
function parameterLines(name: string, value: unknown): string[] {
  const isTable = Array.isArray(value) && value.some((item) => typeof item === 'object');
  if (!isTable) return [`   ${name}: ${valueText(value)}`];
  return [`   ${name}:`, ...value.map((item) => `     ${valueText(item)}`)];
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${valueText(inner)}`)
    .join(', ');
}

function weightText({
  leastWeight,
  greatestWeight,
}: Omit<SceneEffectReport['members'][number], 'element' | 'channels'>): string {
  const percent = (weight: number): string => formatNumber(weight * 100, 0);
  if (leastWeight !== greatestWeight)
    return `, ${percent(leastWeight)} to ${percent(greatestWeight)} % as it moves`;
  return greatestWeight === 1 ? '' : `, ${percent(greatestWeight)} %`;
}

/** Reductions that are told one by one. */
const listedReductions = 8;
/** Least reduction in dB that is told: less is printed as 0.0. */
const leastToldDb = 0.05;

/** How far the effects of a scene stage turned down, a line each: where many did, the deepest; what did nothing in none. */
export const reductionTexts = (sceneStage: readonly SceneEffectReport[] = []): string[] =>
  sceneStage.flatMap(({ id, reductions }) => {
    if (reductions.length === 0) return [];
    const worked = reductions.filter(({ maxReductionDb }) => maxReductionDb >= leastToldDb);
    if (worked.length === 0) return [`scene: ${id}: nothing to turn down`];
    const rest = worked.length - listedReductions;
    const told =
      rest > 0
        ? worked.toSorted((a, b) => b.maxReductionDb - a.maxReductionDb).slice(0, listedReductions)
        : worked;
    const lines = told.map(
      ({ name, maxReductionDb, meanReductionDb }) =>
        `scene: ${id}, ${name}: ${formatNumber(maxReductionDb)} dB of reduction at most, ${formatNumber(meanReductionDb)} dB on average`,
    );
    return rest > 0 ? [...lines, `scene: ${id}: less in ${rest} more, see the report`] : lines;
  });

/** The files of mastered scenes, a line each. */
export const sceneFileTexts = (sceneFiles: readonly SceneFileReport[] = []): string[] =>
  sceneFiles.map(({ target, format, files: [first] }) =>
    [`${target}: ${first?.file}`, ...(target === format ? [] : [format])].join(', '),
  );
