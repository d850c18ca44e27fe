import type { Vec3 } from '../../base/coordinates.ts';
import type { Bounds, ChannelPosition, ScreenEdgeLock } from '../../scene/scene.ts';
import { childGainDb, childNumber, parseNumber, type Place } from './adm-values.ts';
import { parseEdgeLock } from './object-block.ts';
import { childOf, childrenOf, textsOf, type XmlNode } from './xml-tree.ts';

/** An audioBlockFormat of type DirectSpeakers. */
export interface SpeakerBlock {
  readonly labels: readonly string[];
  readonly position: ChannelPosition | undefined;
  readonly gainDb: number;
}

/** Elements of a block that `parseSpeakerBlock` understands. */
export const speakerBlockNames: ReadonlySet<string> = new Set([
  'speakerLabel',
  'position',
  'cartesian',
  'gain',
]);

/** An audioBlockFormat of type HOA. */
export interface HoaBlock {
  readonly order: number | undefined;
  readonly degree: number | undefined;
  readonly normalization: string | undefined;
  readonly gainDb: number;
}

/** Elements of a block that `parseHoaBlock` understands. */
export const hoaBlockNames: ReadonlySet<string> = new Set(['order', 'degree', 'normalization', 'gain']);

/** Reads an audioBlockFormat of type HOA. BS.2076-2 clause 5.4.3.4. @throws FormatError 'adm-value' */
export function parseHoaBlock(node: XmlNode, place: Place): HoaBlock {
  return {
    order: childNumber(node, 'order', place, 0, 50),
    degree: childNumber(node, 'degree', place, -50, 50),
    normalization: childOf(node, 'normalization')?.text,
    gainDb: childGainDb(node, place),
  };
}

interface Coordinate {
  value?: number;
  min?: number;
  max?: number;
}

/** Reads an audioBlockFormat of type DirectSpeakers. BS.2076-2 clause 5.4.3.1. @throws FormatError 'adm-value' */
export function parseSpeakerBlock(node: XmlNode, place: Place): SpeakerBlock {
  return {
    labels: textsOf(node, 'speakerLabel').filter((label) => label !== ''),
    position: parseChannelPosition(childrenOf(node, 'position'), place),
    gainDb: childGainDb(node, place),
  };
}

function parseChannelPosition(nodes: readonly XmlNode[], place: Place): ChannelPosition | undefined {
  const coordinates = new Map<string, Coordinate>();
  let edgeLock: ScreenEdgeLock = {};
  for (const { attributes, text } of nodes) {
    const name = (attributes.coordinate ?? '').toLowerCase();
    const coordinate = coordinates.get(name) ?? {};
    const { bound } = attributes;
    const key = bound === 'min' || bound === 'max' ? bound : 'value';
    coordinate[key] = parseNumber(text, `position ${name}`, place, -3600, 3600);
    coordinates.set(name, coordinate);
    edgeLock = { ...edgeLock, ...parseEdgeLock(attributes.screenEdgeLock, name) };
  }
  if (coordinates.size === 0) return undefined;
  const screenEdgeLock = Object.keys(edgeLock).length > 0 ? { screenEdgeLock: edgeLock } : {};
  const value = (name: string, otherwise = 0): number => coordinates.get(name)?.value ?? otherwise;
  const bounds = (name: string): Bounds | undefined => {
    const { min, max, value: middle = 0 } = coordinates.get(name) ?? {};
    return min === undefined && max === undefined ? undefined : [min ?? middle, max ?? middle];
  };
  if (['x', 'y', 'z'].some((name) => coordinates.has(name))) {
    const xyz: Vec3 = [value('x'), value('y'), value('z')];
    const stated = withoutUndefined({ x: bounds('x'), y: bounds('y'), z: bounds('z') });
    return { xyz, ...(stated && { bounds: stated }), ...screenEdgeLock };
  }
  const stated = withoutUndefined({
    azimuthDeg: bounds('azimuth'),
    elevationDeg: bounds('elevation'),
    distance: bounds('distance'),
  });
  return {
    azimuthDeg: value('azimuth'),
    elevationDeg: value('elevation'),
    distance: value('distance', 1),
    ...(stated && { bounds: stated }),
    ...screenEdgeLock,
  };
}

function withoutUndefined<T extends object>(values: T): T | undefined {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as T) : undefined;
}
