import { normalizeBedLabels } from '../../layouts/labels.ts';
import type { Bed } from '../../scene/scene.ts';
import { divideBed, type DividedBed } from '../dolby/dolby-bed.ts';

/** Beds of masters in DAMF: any of ten channels, each with its own ID. */

/** IDs that are kept for a bed, and so the distance of those of two beds. */
export const idsPerBed = 10;

/** Names and slots of bed channels, by their labels. Surrounds of 5.1 have the slots of the sides. */
const slots: Readonly<Record<string, readonly [name: string, slot: number]>> = {
  'M+030': ['L', 0],
  'M-030': ['R', 1],
  'M+000': ['C', 2],
  LFE1: ['LFE', 3],
  'M+090': ['Lss', 4],
  'M-090': ['Rss', 5],
  'M+110': ['Lss', 4],
  'M-110': ['Rss', 5],
  'M+135': ['Lrs', 6],
  'M-135': ['Rrs', 7],
  'U+090': ['Lts', 8],
  'U-090': ['Rts', 9],
};

/**
 * BS.2051 labels of the channels of a bed; undefined for a name that means no loudspeaker. A bed whose only surrounds are
 * called Lss and Rss is one of 5.1, which BS.2051 has at 110 degrees.
 */
export function damfBedLabels(names: readonly string[]): readonly (string | undefined)[] {
  const labels = normalizeBedLabels(names);
  const isMore = labels.some((label) => label?.startsWith('U') || label === 'M+135' || label === 'M-135');
  return isMore ? labels : labels.map((label) => label?.replace(/^(M[+-])090$/, '$1110'));
}

/** A bed as it is written. */
export interface DamfBedPlan {
  /** Channels in the order of their slots; an index of undefined means silence. */
  readonly channels: readonly {
    readonly name: string;
    readonly slot: number;
    readonly index: number | undefined;
  }[];
  /** Channels that become static objects. */
  readonly objects: DividedBed['objects'];
}

/**
 * Plans a bed: whole where all its channels have slots and would be read as what they are, else divided as in other
 * studio masters. @returns undefined where a channel fits nowhere
 */
export function planDamfBed(bed: Bed): DamfBedPlan | undefined {
  const own = bed.channels.flatMap(({ label, position }, index) => {
    const [name, slot] = slots[label] ?? [];
    return name === undefined || position ? [] : [{ name, slot: slot!, index, label }];
  });
  own.sort((a, b) => a.slot - b.slot);
  const labels = damfBedLabels(own.map(({ name }) => name));
  if (own.length === bed.channels.length && own.every(({ label }, index) => label === labels[index]))
    return { channels: own, objects: [] };
  const divided = divideBed(bed);
  return (
    divided && {
      channels: divided.channels.map(({ format, index }) => {
        const [name, slot] = slots[format.label]!;
        return { name, slot, index };
      }),
      objects: divided.objects,
    }
  );
}
