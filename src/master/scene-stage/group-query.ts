import { findLayout } from '../../layouts/built-in.ts';
import { normalizeBedLabels, normalizeLabel } from '../../layouts/labels.ts';
import type { SceneElement } from '../../scene/scene.ts';
import { edgeWeight, outsideAzimuthDeg, outsideElevationDeg, regionWeight } from './group-regions.ts';
import { defaultEdgeDeg, type Group, type GroupName, type GroupQuery } from './group-schema.ts';

/** Weight 0..1 of a direction. */
export type DirectionWeight = (azimuthDeg: number, elevationDeg: number) => number;

/**
 * What a group says of a track: a weight 0..1, one that depends on the direction, or undefined where the group asks
 * what the track does not have: a direction of ambisonic channels, or anything but the label of an LFE.
 */
export type TrackWeight = number | DirectionWeight | undefined;

/** What a query can know of a track before directions. */
export interface GroupSubject {
  readonly elementName: string;
  readonly kind: SceneElement['kind'];
  readonly isLfe: boolean;
  /** Of bed channels: as the scene writes it, and all labels of its bed by BS.2051 where they are known. */
  readonly label: string | undefined;
  readonly bedLabels: readonly (string | undefined)[];
}

/** The subject of each channel of an element. */
export function groupSubjects(element: SceneElement, channelCount: number): GroupSubject[] {
  const { name: elementName, kind } = element;
  if (element.kind !== 'bed')
    return Array.from({ length: channelCount }, () => ({
      ...{ elementName, kind, isLfe: false, label: undefined, bedLabels: [] },
    }));
  const layout = element.layout === undefined ? undefined : findLayout(element.layout);
  const bedLabels = normalizeBedLabels(
    element.channels.map(({ label }) => label),
    layout,
  );
  return element.channels.map(({ label, isLfe }, index) => ({
    ...{ elementName, kind, isLfe, label: bedLabels[index] ?? label, bedLabels },
  }));
}

/** Weighs a track by a group. Conditions of a query are joined by the least weight, entries of a list by the greatest. */
export function weighTrack(group: Group, subject: GroupSubject): TrackWeight {
  if (typeof group === 'string') return weighByName(group, subject);
  if (isList(group)) return weighByList(group, subject);
  return weighByQuery(group, subject);
}

const isList = (group: Group): group is readonly Group[] => Array.isArray(group);

function weighByName(name: GroupName, { kind, isLfe }: GroupSubject): TrackWeight {
  if (name === 'lfe') return isLfe ? 1 : 0;
  if (isLfe) return undefined;
  switch (name) {
    case 'all':
      return 1;
    case 'beds':
      return kind === 'bed' ? 1 : 0;
    case 'objects':
      return kind === 'object' ? 1 : 0;
    case 'ambisonics':
      return kind === 'ambisonic' ? 1 : 0;
    default:
      return kind === 'ambisonic'
        ? undefined
        : (azimuthDeg, elevationDeg) => regionWeight(name, azimuthDeg, elevationDeg);
  }
}

/** Parts of the sphere that do not overlap: as neighbours in a list they leave no gap at their common edge. */
const isPart = (group: Group): boolean => group === 'front' || group === 'surround' || group === 'height';

function weighByList(groups: readonly Group[], subject: GroupSubject): TrackWeight {
  const weigh = (some: readonly Group[]): TrackWeight[] => some.map((group) => weighTrack(group, subject));
  const parts = anyOf(weigh([...new Set(groups.filter(isPart))]), (a, b) => a + b);
  return anyOf([parts, ...weigh(groups.filter((group) => !isPart(group)))], Math.max);
}

function weighByQuery(query: GroupQuery, subject: GroupSubject): TrackWeight {
  const { names, kinds, channels, regions, azimuthDeg, elevationDeg, not, edgeDeg = defaultEdgeDeg } = query;
  const { isLfe, kind, elementName } = subject;
  if (isLfe && !channels) return undefined;
  const byDirection = (weigh: DirectionWeight): TrackWeight =>
    isLfe || kind === 'ambisonic' ? undefined : weigh;
  const conditions: TrackWeight[] = [];
  if (names) conditions.push(names.some((glob) => matchesGlob(elementName, glob)) ? 1 : 0);
  if (kinds) conditions.push(kinds.includes(kind) ? 1 : 0);
  if (channels) conditions.push(channels.some((label) => hasLabel(subject, label)) ? 1 : 0);
  if (regions) conditions.push(weighByList(regions, subject));
  if (azimuthDeg)
    conditions.push(byDirection((azimuth) => edgeWeight(outsideAzimuthDeg(azimuth, azimuthDeg), edgeDeg)));
  if (elevationDeg)
    conditions.push(
      byDirection((_, elevation) => edgeWeight(outsideElevationDeg(elevation, elevationDeg), edgeDeg)),
    );
  if (not !== undefined) conditions.push(complement(weighTrack(not, subject)));
  return allOf(conditions);
}

/** Where one is enough. What cannot be told counts only where nothing else says yes. */
function anyOf(weights: readonly TrackWeight[], combine: (a: number, b: number) => number): TrackWeight {
  if (weights.includes(1)) return 1;
  if (weights.includes(undefined)) return undefined;
  return weights.filter(isByDirection).reduce<TrackWeight>((one, other) => compose(one, other, combine), 0);
}

/** Where all are needed. What cannot be told counts only where nothing else says no. */
function allOf(weights: readonly TrackWeight[]): TrackWeight {
  if (weights.includes(0)) return 0;
  if (weights.includes(undefined)) return undefined;
  return weights.filter(isByDirection).reduce<TrackWeight>((one, other) => compose(one, other, Math.min), 1);
}

const isByDirection = (weight: TrackWeight): weight is DirectionWeight => typeof weight === 'function';

const compose = (
  one: TrackWeight,
  other: DirectionWeight,
  combine: (a: number, b: number) => number,
): DirectionWeight =>
  isByDirection(one)
    ? (azimuthDeg, elevationDeg) => combine(one(azimuthDeg, elevationDeg), other(azimuthDeg, elevationDeg))
    : other;

function complement(weight: TrackWeight): TrackWeight {
  if (isByDirection(weight)) return (azimuthDeg, elevationDeg) => 1 - weight(azimuthDeg, elevationDeg);
  return weight === undefined ? undefined : 1 - weight;
}

function hasLabel({ label, bedLabels }: GroupSubject, wanted: string): boolean {
  if (label === undefined) return false;
  const known = bedLabels.filter((bedLabel) => bedLabel !== undefined);
  return label === normalizeLabel(wanted, known) || label.toLowerCase() === wanted.trim().toLowerCase();
}

/** Whether a name is what a pattern says: * stands for any text, ? for one character. */
function matchesGlob(name: string, glob: string): boolean {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, 'isu').test(name);
}
