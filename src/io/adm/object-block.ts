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

const noZones: readonly ExclusionZone[] = Object.freeze([]);

/** Half angle of divergence where a block states none: 45 degrees in BS.2076-1, none in BS.2076-2. */
const rangeOfVersion1Deg = 45;

/**
 * Reads an audioBlockFormat of type Objects. BS.2076-2 clause 5.4.3.3.
 * @param previous the block before, whose values are shared where they stay: long automation is mostly repetition
 * @throws FormatError 'adm-value'
 */
export function parseObjectBlock(
  node: XmlNode,
  place: Place,
  isVersion2: boolean,
  previous?: ObjectBlock,
): ObjectBlock {
  const position = parseObjectPosition(childrenOf(node, 'position'), place);
  const isCartesian = position.kind === 'cartesian';
  const extent = (name: string, max: number): number => childNumber(node, name, place, 0, max) ?? 0;
  const jump = childOf(node, 'jumpPosition');
  const jumpPosition = isTrue(jump?.text);
  const lengthText = jump?.attributes.interpolationLength;
  if (lengthText !== undefined) parseNumber(lengthText, 'interpolationLength', place, 0);
  const interpolationLengthSec =
    jumpPosition && lengthText !== undefined ? exactLength(lengthText, place) : undefined;
  return {
    startSec: attributeTime(node, 'rtime', place) ?? objectBlockDefaults.startSec,
    durationSec: shared(attributeTime(node, 'duration', place), previous?.durationSec),
    position: shared(position, previous?.position),
    gainDb: childGainDb(node, place),
    width: extent('width', isCartesian ? 1 : 360),
    height: extent('height', isCartesian ? 1 : 360),
    depth: extent('depth', 1),
    diffuse: extent('diffuse', 1),
    channelLock: shared(parseChannelLock(node, place), previous?.channelLock),
    divergence: shared(parseDivergence(node, place, isCartesian, isVersion2), previous?.divergence),
    zoneExclusion: shared(parseZones(node, place), previous?.zoneExclusion),
    jumpPosition,
    interpolationLengthSec: shared(interpolationLengthSec, previous?.interpolationLengthSec),
    screenRef: childFlag(node, 'screenRef'),
    importance: childNumber(node, 'importance', place, 0, 10),
  };
}

/** The earlier value where it is the same. */
const shared = <T>(value: T, earlier: T | undefined): T =>
  earlier !== undefined && isSame(value, earlier) ? earlier : value;

/** Whether two pieces of plain data of one type say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSame(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
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
  const values: Partial<Record<string, number>> = {};
  let screenEdgeLock: ScreenEdgeLock | undefined;
  for (const { attributes, text } of nodes) {
    const coordinate = (attributes.coordinate ?? '').toLowerCase();
    const limit = coordinate.length === 1 || coordinate === 'distance' ? 1e3 : 3600;
    values[coordinate] = parseNumber(text, `position ${coordinate}`, place, -limit, limit);
    if (attributes.screenEdgeLock !== undefined)
      screenEdgeLock = { ...screenEdgeLock, ...parseEdgeLock(attributes.screenEdgeLock, coordinate) };
  }
  const lock = screenEdgeLock && Object.keys(screenEdgeLock).length > 0 ? { screenEdgeLock } : undefined;
  const { x, y, z, azimuth, elevation, distance } = values;
  if (x !== undefined || y !== undefined || z !== undefined) {
    const xyz: Vec3 = [x ?? 0, y ?? 0, z ?? 0];
    return lock ? { kind: 'cartesian', xyz, ...lock } : { kind: 'cartesian', xyz };
  }
  const position = {
    kind: 'polar' as const,
    azimuthDeg: azimuth ?? 0,
    elevationDeg: Math.min(90, Math.max(-90, elevation ?? 0)),
    distance: Math.max(0, distance ?? 1),
  };
  return lock ? { ...position, ...lock } : position;
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

function parseZones(node: XmlNode, place: Place): readonly ExclusionZone[] {
  const exclusion = childOf(node, 'zoneExclusion');
  if (!exclusion) return noZones;
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
