import type { z } from 'zod';
import type { Issue } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';

/** Keys and indices that lead to a place in a document. */
export type DocumentPath = readonly PropertyKey[];

/** Writes a path as people do: "objects[3].blocks[2].position", `trims["7.1.4"]`; "" for the whole document. */
export function formatPath(path: DocumentPath): string {
  let out = '';
  for (const key of path) {
    if (typeof key === 'number') out += `[${key}]`;
    else if (/^[\w$-]+$/.test(String(key))) out += out === '' ? String(key) : `.${String(key)}`;
    else out += `[${JSON.stringify(String(key))}]`;
  }
  return out;
}

/** A fault with its path still in parts. */
export interface LocatedIssue extends Issue {
  readonly location: DocumentPath;
}

/** Makes a fault. @param message what was found and what is allowed */
export const issueAt = (location: DocumentPath, code: string, message: string): LocatedIssue => ({
  code,
  path: formatPath(location),
  message,
  location,
});

/** Shows a value of a document in a message, cut to a readable length. */
export function quoteValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

/**
 * Checks a document against a zod schema and returns every fault: what was found, what is allowed, and for
 * unknown keys the nearest known one. An empty list means that the document is of the schema's type.
 */
export function schemaIssues(schema: z.ZodType, document: unknown): LocatedIssue[] {
  // Zod reports unknown keys without the known ones; the raw issue still names the schema that they broke.
  const knownKeys = new WeakMap<object, string[]>();
  const result = schema.safeParse(document, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') knownKeys.set(issue.keys, shapeKeys(issue.inst));
      return describe(issue);
    },
  });
  return result.success ? [] : result.error.issues.flatMap((issue) => translate(issue, [], knownKeys));
}

function shapeKeys(schema: unknown): string[] {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return shape === undefined ? [] : Object.keys(shape);
}

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** What was found and what is allowed; undefined leaves zod's own words. */
function describe(issue: RawIssue): string | undefined {
  const found = `found ${quoteValue(issue.input)}`;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; allowed: ${typeWords(issue.expected)}`
        : `${found}; allowed: ${typeWords(issue.expected)}`;
    case 'too_small':
      return `${found}; allowed: ${atLeast(issue.origin, Number(issue.minimum))}`;
    case 'too_big':
      return `${found}; allowed: ${atMost(issue.origin, Number(issue.maximum))}`;
    case 'invalid_value': {
      const allowed = issue.values.map((value) => quoteValue(value)).join(', ');
      const near = typeof issue.input === 'string' && nearestName(issue.input, issue.values.map(String));
      return `${found}; allowed: ${allowed}${near ? ` (did you mean "${near}"?)` : ''}`;
    }
    case 'invalid_union': {
      const kinds = issue.errors.length === 0 && kindsOf(issue.inst, issue.discriminator);
      if (!kinds) return undefined;
      const value = (issue.input as Record<string, unknown>)[issue.discriminator!];
      const near = typeof value === 'string' && nearestName(value, kinds);
      const allowed = kinds.map((kind) => quoteValue(kind)).join(', ');
      return `found ${quoteValue(value)}; allowed: ${allowed}${near ? ` (did you mean "${near}"?)` : ''}`;
    }
    default:
      return undefined;
  }
}

/** Values that the key may have which tells the alternatives of a union apart. */
function kindsOf(schema: unknown, key: string | undefined): string[] | undefined {
  const { propValues } = (schema as { _zod: { propValues?: Record<string, Set<unknown>> } })._zod;
  return key === undefined ? undefined : [...(propValues?.[key] ?? [])].map(String);
}

const atLeast = (origin: string, limit: number): string =>
  isNumber(origin) ? `${limit} or more` : `at least ${lengthWords(origin, limit)}`;

const atMost = (origin: string, limit: number): string =>
  isNumber(origin) ? `${limit} or less` : `at most ${lengthWords(origin, limit)}`;

const isNumber = (origin: string): boolean => ['number', 'int', 'bigint'].includes(origin);

function lengthWords(origin: string, count: number): string {
  const [one, many] = origin === 'string' ? ['character', 'characters'] : ['entry', 'entries'];
  return `${count} ${count === 1 ? one : many}`;
}

const typeWords = (expected: string): string =>
  ({
    object: 'an object {...}',
    array: 'a list [...]',
    tuple: 'a list [...]',
    record: 'an object {...}',
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
  })[expected] ?? expected;

function translate(
  issue: z.core.$ZodIssue,
  parent: DocumentPath,
  knownKeys: WeakMap<object, string[]>,
): LocatedIssue[] {
  const location = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const allowed = knownKeys.get(issue.keys) ?? [];
    return issue.keys.map((key) => unknownKey([...location, key], key, allowed));
  }
  if (issue.code === 'invalid_union') return translateUnion(issue, location, knownKeys);
  return [issueAt(location, `schema-${issue.code.replaceAll('_', '-')}`, issue.message)];
}

function unknownKey(location: DocumentPath, key: string, allowed: readonly string[]): LocatedIssue {
  const near = nearestName(key, allowed);
  const advice = near ? `did you mean "${near}"?` : `allowed: ${allowed.join(', ')}`;
  return issueAt(location, 'unknown-key', `unknown key ${quoteValue(key)}; ${advice}`);
}

/** Of the alternatives of a union only the one that the value comes nearest to is reported. */
function translateUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  location: DocumentPath,
  knownKeys: WeakMap<object, string[]>,
): LocatedIssue[] {
  const rightType = issue.errors.filter((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code !== 'invalid_type'),
  );
  // A value that is none of some words is farther from them than from an object with a fault inside.
  const isNoWord = (branch: readonly z.core.$ZodIssue[]): number =>
    branch.some(({ code, path }) => code === 'invalid_value' && path.length === 0) ? 1 : 0;
  const nearest = rightType.sort((a, b) => isNoWord(a) - isNoWord(b) || a.length - b.length)[0];
  if (nearest) return nearest.flatMap((inner) => translate(inner, location, knownKeys));
  const messages = issue.errors.map((branch) => branch[0]?.message ?? issue.message);
  const [first = issue.message, ...rest] = messages;
  const others = rest.map((message) => message.replace(/^.*?allowed: /, ''));
  return [issueAt(location, 'schema-invalid-type', [first, ...others].join(', or '))];
}

/** A document, or a part of one, from which faulty values were taken away. */
export type Pruned<T> = T extends readonly (infer Entry)[]
  ? (Pruned<Entry> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Pruned<T[Key]> | undefined }
    : T;

/**
 * A copy of a document without the values that faults point at, so that other rules can be checked on what
 * is left. List entries become undefined, so that indices stay true.
 */
export function withoutFaults(document: unknown, issues: readonly LocatedIssue[]): unknown {
  let copy: unknown = structuredClone(document);
  for (const { location } of issues) {
    const key = location.at(-1);
    if (key === undefined) return undefined;
    const parent = location
      .slice(0, -1)
      .reduce<unknown>((node, step) => (isContainer(node) ? node[step] : undefined), copy);
    if (Array.isArray(parent)) parent[Number(key)] = undefined;
    else if (isContainer(parent)) Reflect.deleteProperty(parent, key);
  }
  if (!isContainer(copy)) copy = undefined;
  return copy;
}

const isContainer = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;
