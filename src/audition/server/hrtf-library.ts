import { basename } from 'node:path';
import { HrtfError, type WarningHandler } from '../../base/errors.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { loadHrtf } from '../../job/listening.ts';
import type { HrtfChoice } from '../protocol/session.ts';
import { filterShape } from './hrtf-filters.ts';
import { uniqueId } from './unique-id.ts';

/** Id of the set that comes with periphon. */
export const defaultHrtfId = 'kemar';

/** Where a set comes from: a file, or periphon itself. */
export interface HrtfPlace {
  readonly id: string;
  readonly file: string | undefined;
}

/** The sets that were asked for, files or ids, first the default; periphon's own is always among them. */
export function hrtfPlaces(wanted: readonly string[]): HrtfPlace[] {
  const places: HrtfPlace[] = [];
  for (const name of [...wanted, defaultHrtfId]) {
    const file = name === defaultHrtfId ? undefined : name;
    if (places.some((place) => place.file === file)) continue;
    const taken = [...places.map(({ id }) => id), ...(file === undefined ? [] : [defaultHrtfId])];
    const base = file === undefined ? name : basename(file).replace(/\.[^.]*$/, '');
    places.push({ id: uniqueId(base, taken), file });
  }
  return places;
}

/** Sets of a session, each loaded when it is first needed. */
export interface HrtfLibrary {
  /** @throws HrtfError 'unknown-hrtf', and the errors of loading */
  load(id: string): Promise<HrtfSet>;
}

/** Keeps sets in memory, at the rate of the session. */
export function createHrtfLibrary(
  places: readonly HrtfPlace[],
  sampleRateHz: number,
  onWarning?: WarningHandler,
): HrtfLibrary {
  const loaded = new Map<string, Promise<HrtfSet>>();
  return {
    async load(id) {
      const place = places.find((known) => known.id === id);
      if (!place) throw new HrtfError('unknown-hrtf', `no HRTF set is called "${id}"`);
      const loading = loaded.get(id) ?? loadHrtf(place.file, sampleRateHz, onWarning);
      loaded.set(id, loading);
      return loading;
    },
  };
}

/** What the page is told of the sets. @throws the errors of loading */
export async function hrtfChoices(places: readonly HrtfPlace[], library: HrtfLibrary): Promise<HrtfChoice[]> {
  const choices: HrtfChoice[] = [];
  for (const { id } of places) {
    const hrtf = await library.load(id);
    choices.push({ id, name: hrtf.name || id, ...filterShape(hrtf) });
  }
  return choices;
}
