import type { Vec3 } from '../../base/coordinates.ts';
import { rationalFromDecimal } from '../../base/time.ts';
import { objectBlockDefaults } from '../../scene/make-scene.ts';
import type {
  Divergence,
  ExclusionZone,
  ObjectBlock,
  ObjectPosition,
  ScreenEdgeLock,
} from '../../scene/scene.ts';
import {
  attributeTime,
  childFlag,
  childGainDb,
  childNumber,
  isTrue,
  parseNumber,
  valueError,
  type Place,
} from './adm-values.ts';
import { childOf, childrenOf, type XmlNode } from './xml-tree.ts';

/** Elements of a block that `parseObjectBlock` understands. */
export const objectBlockNames: ReadonlySet<string> = new Set([
  'position',
  'cartesian',
  'gain',
  'width',
  'height',
  'depth',
  'diffuse',
  'channelLock',
  'objectDivergence',
  'zoneExclusion',
  'jumpPosition',
  'screenRef',
  'importance',
]);

/** Half angle of divergence where a block states none: 45 degrees in BS.2076-1, none in BS.2076-2. */
const rangeOfVersion1Deg = 45;

/** Reads an audioBlockFormat of type Objects. BS.2076-2 clause 5.4.3.3. @throws FormatError 'adm-value' */
export function parseObjectBlock(node: XmlNode, place: Place, isVersion2: boolean): ObjectBlock {
  const position = parseObjectPosition(childrenOf(node, 'position'), place);
  const isCartesian = position.kind === 'cartesian';
  const extent = (name: string, max: number): number => childNumber(node, name, place, 0, max) ?? 0;
  const jump = childOf(node, 'jumpPosition');
  const jumpPosition = isTrue(jump?.text);
  const lengthText = jump?.attributes.interpolationLength;
  if (lengthText !== undefined) parseNumber(lengthText, 'interpolationLength', place, 0);
  const importance = childNumber(node, 'importance', place, 0, 10);
  return {
    ...objectBlockDefaults,
    startSec: attributeTime(node, 'rtime', place) ?? objectBlockDefaults.startSec,
    durationSec: attributeTime(node, 'duration', place),
    position,
    gainDb: childGainDb(node, place),
    width: extent('width', isCartesian ? 1 : 360),
    height: extent('height', isCartesian ? 1 : 360),
    depth: extent('depth', 1),
    diffuse: extent('diffuse', 1),
    channelLock: parseChannelLock(node, place),
    divergence: parseDivergence(node, place, isCartesian, isVersion2),
    zoneExclusion: parseZones(node, place),
    jumpPosition,
    interpolationLengthSec:
      jumpPosition && lengthText !== undefined ? exactLength(lengthText, place) : undefined,
    screenRef: childFlag(node, 'screenRef'),
    importance,
  };
}

function exactLength(text: string, place: Place) {
  try {
    if (text.trim().length > 24) throw new RangeError();
    return rationalFromDecimal(text.trim());
  } catch {
    throw valueError(place, 'interpolationLength', text, 'a decimal number of seconds');
  }
}

/** Position by its coordinates: X, Y and Z make it cartesian. Left out: distance 1, elevation and Z 0. */
function parseObjectPosition(nodes: readonly XmlNode[], place: Place): ObjectPosition {
  const values = new Map<string, number>();
  let screenEdgeLock: ScreenEdgeLock | undefined;
  for (const { attributes, text } of nodes) {
    const coordinate = (attributes.coordinate ?? '').toLowerCase();
    const limit = coordinate.length === 1 ? 1e3 : coordinate === 'distance' ? 1e3 : 3600;
    values.set(coordinate, parseNumber(text, `position ${coordinate}`, place, -limit, limit));
    screenEdgeLock = { ...screenEdgeLock, ...parseEdgeLock(attributes.screenEdgeLock, coordinate) };
  }
  const lock = screenEdgeLock && Object.keys(screenEdgeLock).length > 0 ? { screenEdgeLock } : {};
  const value = (name: string, otherwise: number): number => values.get(name) ?? otherwise;
  if (['x', 'y', 'z'].some((name) => values.has(name))) {
    const xyz: Vec3 = [value('x', 0), value('y', 0), value('z', 0)];
    return { kind: 'cartesian', xyz, ...lock };
  }
  if (!values.has('azimuth') && !values.has('elevation') && values.size === 0 && nodes.length > 0)
    throw valueError(place, 'position', '', 'azimuth, elevation and distance, or X, Y and Z');
  return {
    kind: 'polar',
    azimuthDeg: value('azimuth', 0),
    elevationDeg: Math.min(90, Math.max(-90, value('elevation', 0))),
    distance: Math.max(0, value('distance', 1)),
    ...lock,
  };
}

/** The edge of the screen that a coordinate keeps to. BS.2076-2 clause 9.9. */
export function parseEdgeLock(edge: string | undefined, coordinate: string): ScreenEdgeLock {
  const isHorizontal = coordinate === 'azimuth' || coordinate === 'x';
  const isVertical = coordinate === 'elevation' || coordinate === 'z';
  if (isHorizontal && (edge === 'left' || edge === 'right')) return { horizontal: edge };
  if (isVertical && (edge === 'top' || edge === 'bottom')) return { vertical: edge };
  return {};
}

function parseChannelLock(node: XmlNode, place: Place): ObjectBlock['channelLock'] {
  const lock = childOf(node, 'channelLock');
  if (!lock || !isTrue(lock.text)) return undefined;
  const { maxDistance } = lock.attributes;
  return {
    maxDistance:
      maxDistance === undefined ? undefined : parseNumber(maxDistance, 'channelLock maxDistance', place, 0),
  };
}

function parseDivergence(
  node: XmlNode,
  place: Place,
  isCartesian: boolean,
  isVersion2: boolean,
): Divergence | undefined {
  const child = childOf(node, 'objectDivergence');
  if (!child) return undefined;
  const { azimuthRange, positionRange } = child.attributes;
  const value = parseNumber(child.text, 'objectDivergence', place, 0, 1);
  if (isCartesian) {
    const range =
      positionRange === undefined ? undefined : parseNumber(positionRange, 'positionRange', place, 0, 1);
    return { value, azimuthRangeDeg: undefined, positionRange: range };
  }
  const rangeDeg =
    azimuthRange === undefined
      ? isVersion2
        ? 0
        : rangeOfVersion1Deg
      : parseNumber(azimuthRange, 'azimuthRange', place, 0, 180);
  return { value, azimuthRangeDeg: rangeDeg, positionRange: undefined };
}

function parseZones(node: XmlNode, place: Place): ExclusionZone[] {
  const exclusion = childOf(node, 'zoneExclusion');
  if (!exclusion) return [];
  return childrenOf(exclusion, 'zone').map(({ attributes }) => {
    const bound = (name: string, otherwise: number): number =>
      attributes[name] === undefined
        ? otherwise
        : parseNumber(attributes[name], `zone ${name}`, place, -360, 360);
    if (['minX', 'maxX', 'minY', 'maxY', 'minZ', 'maxZ'].some((name) => attributes[name] !== undefined)) {
      return {
        kind: 'cartesian',
        min: [bound('minX', -1), bound('minY', -1), bound('minZ', -1)],
        max: [bound('maxX', 1), bound('maxY', 1), bound('maxZ', 1)],
      };
    }
    return {
      kind: 'polar',
      azimuthDeg: [bound('minAzimuth', -180), bound('maxAzimuth', 180)],
      elevationDeg: [bound('minElevation', -90), bound('maxElevation', 90)],
    };
  });
}
