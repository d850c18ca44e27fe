import { z } from 'zod';
import { issueAt, type LocatedIssue } from '../../scene/document-issues.ts';
import type { Effect } from './effect.ts';
import { groupSchema, type Group } from './group-schema.ts';
import { findEffect, sceneEffects } from './registry.ts';

/** What is said of every effect. */
const commonShape = {
  id: z
    .string()
    .regex(/^[\w.-]+$/, 'is not an id; allowed: letters, digits, dots, dashes and underscores')
    .optional()
    .describe(
      'Name of this entry, unique in the recipe. Default: its type and place, "gain1" for the first.',
    ),
  amount: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('How much of it is wanted; 0.5 is half of its dB, 0 leaves every sample as it is. Default 1.'),
  bypass: z.boolean().optional().describe('Whether it is left out. Default false.'),
  note: z.string().optional().describe('Anything that readers of the recipe should know.'),
};

const entrySchema = ({ type, description, parameters, defaultGroup }: Effect) => {
  const all = defaultGroup ? JSON.stringify(defaultGroup) : '"all": all but the LFE';
  const group = groupSchema.optional().describe(`Tracks that it works on. Default ${all}.`);
  return z
    .strictObject({ type: z.literal(type), group, ...commonShape, ...parameters })
    .describe(description);
};

const [firstEffect, ...otherEffects] = sceneEffects.map(entrySchema);

/** Schema of a recipe's `scene`: effects in the order in which the sound goes through them. */
export const sceneSchema = z
  .array(z.discriminatedUnion('type', [firstEffect!, ...otherEffects]))
  .max(64)
  .optional()
  .describe('Effects on beds and objects before they are rendered, in their order.');

/** An entry of a recipe's `scene`, with all that is common to them. */
export interface SceneEntry {
  /** Type of the effect. */
  readonly type: string;
  readonly id: string;
  readonly group: Group;
  /** 0..1 */
  readonly amount: number;
  readonly bypass: boolean;
  readonly note: string | undefined;
  /** As the effect's own shape says. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

type EntryDocument = Readonly<Record<string, unknown>>;

/** Fills in what entries leave out. @param entries that `sceneSchema` and `entryFaults` have found nothing in */
export const parseEntries = (entries: readonly EntryDocument[]): SceneEntry[] =>
  entries.map((entry, index) => {
    const effect = findEffect(String(entry.type))!;
    const { type, id, group, amount, bypass, note, ...parameters } = entrySchema(effect).parse(entry);
    return {
      type,
      id: id ?? defaultId(type, index),
      group: group ?? effect.defaultGroup ?? 'all',
      amount: amount ?? 1,
      bypass: bypass ?? false,
      note,
      parameters,
    };
  });

/** Whether an entry does anything. */
export const isActive = ({ bypass, amount }: Pick<SceneEntry, 'bypass' | 'amount'>): boolean =>
  !bypass && amount > 0;

const defaultId = (type: string, index: number): string => `${type}${index + 1}`;

/** How deep groups may stand in each other; anchors of YAML can make them endless. */
const mostDepth = 16;

/**
 * Faults that the schema cannot see: ids that two entries share, groups without an end, parameters that do not fit each
 * other.
 * @param scene a recipe's `scene`, which may be anything
 * @param sampleRateHz of the scene, where it is known
 */
export function entryFaults(scene: unknown, sampleRateHz?: number): LocatedIssue[] {
  const faults: LocatedIssue[] = [];
  const indexOfId = new Map<string, number>();
  for (const [index, entry] of (Array.isArray(scene) ? (scene as unknown[]) : []).entries()) {
    const { id, type, group } = (entry ?? {}) as { id?: unknown; type?: unknown; group?: unknown };
    const isStated = typeof id === 'string';
    const name = isStated ? id : defaultId(String(type), index);
    const earlier = indexOfId.get(name);
    if (earlier === undefined) indexOfId.set(name, index);
    else {
      const message = `"${name}" is the id of scene[${earlier}] already; each is allowed once`;
      faults.push(issueAt(['scene', index, ...(isStated ? ['id'] : [])], 'repeated-id', message));
    }
    if (isDeeper(group, mostDepth)) {
      const message = `groups stand more than ${mostDepth} deep in each other; that many are allowed`;
      faults.push(issueAt(['scene', index, 'group'], 'deep-group', message));
    } else faults.push(...parameterFaults(entry, index, sampleRateHz));
  }
  return faults;
}

/** What its effect finds in an entry in which the schema has found nothing. */
function parameterFaults(entry: unknown, index: number, sampleRateHz: number | undefined): LocatedIssue[] {
  const effect = findEffect(String((entry as EntryDocument | null)?.type));
  if (!effect?.faultsOf) return [];
  const parsed = entrySchema(effect).safeParse(entry);
  if (!parsed.success) return [];
  return effect
    .faultsOf(parsed.data, sampleRateHz)
    .map(({ path, code, message }) => issueAt(['scene', index, ...path], code, message));
}

function isDeeper(group: unknown, depth: number): boolean {
  if (typeof group !== 'object' || group === null) return false;
  if (depth === 0) return true;
  const inner: unknown[] = Array.isArray(group) ? group : [(group as { not?: unknown }).not];
  return inner.some((part) => isDeeper(part, depth - 1));
}
