import { nearestName } from '../../base/nearest-name.ts';
import { ConfigError } from '../../base/errors.ts';
import type { SceneEntry } from './entry-schema.ts';

/** Entries to leave out, or to keep, for comparisons: each an id or a type. */
export interface EntrySelection {
  readonly bypass?: readonly string[] | undefined;
  /** All others are left out; what the recipe itself leaves out stays so. */
  readonly only?: readonly string[] | undefined;
}

/**
 * Sets the bypass of entries.
 * @throws ConfigError 'unknown-entry' for a name that no entry has
 */
export function selectEntries(
  entries: readonly SceneEntry[],
  { bypass = [], only }: EntrySelection,
): readonly SceneEntry[] {
  for (const name of [...bypass, ...(only ?? [])]) requireEntry(entries, name);
  const isNamed = ({ id, type }: SceneEntry, names: readonly string[]): boolean =>
    names.includes(id) || names.includes(type);
  return entries.map((entry) => {
    const isLeftOut = isNamed(entry, bypass) || (only !== undefined && !isNamed(entry, only));
    return isLeftOut ? { ...entry, bypass: true } : entry;
  });
}

function requireEntry(entries: readonly SceneEntry[], name: string): void {
  const names = entries.flatMap(({ id, type }) => [id, type]);
  if (names.includes(name)) return;
  const allowed = entries.map(({ id, type }) => `${id} (${type})`).join(', ');
  const near = nearestName(name, names);
  throw new ConfigError(
    'unknown-entry',
    entries.length === 0
      ? `no entry "${name}": the recipe has nothing in its scene list`
      : `no entry "${name}" in the recipe's scene list; it has ${allowed}`,
    { hint: near && `did you mean "${near}"?` },
  );
}
