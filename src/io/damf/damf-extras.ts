import type { Scene } from '../../scene/scene.ts';

/** A value of an event that a scene has no place for. */
export type KeptValue = readonly [samplePos: number, key: string, text: string];

/**
 * What a scene keeps of the master in DAMF that it was read from (`extras.damf`), so that a writer can put back what the
 * scene does not say. Plain data.
 */
export interface DamfExtras {
  readonly version: string;
  /** Keys of the document, and of its presentation. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly presentation: Readonly<Record<string, unknown>>;
  /** Time of the first sample. */
  readonly offsetSec: number;
  readonly sampleRateHz: number;
  /** IDs of the tracks of each element, and its group, by its ID in the scene. */
  readonly elements: Readonly<
    Record<string, { readonly ids: readonly number[]; readonly groupName: string | undefined }>
  >;
  /** What events say that the scene does not, by ID; in order of time, changes only. */
  readonly events: Readonly<Record<string, readonly KeptValue[]>>;
}

/** What a scene that was read from a master in DAMF keeps of it; undefined for other scenes. */
export function damfExtrasOf({ extras }: Pick<Scene, 'extras'>): DamfExtras | undefined {
  const { damf } = extras;
  return typeof damf === 'object' && damf !== null && 'presentation' in damf
    ? (damf as DamfExtras)
    : undefined;
}
