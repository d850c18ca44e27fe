import type { Vec3 } from '../base/coordinates.ts';
import { addRational, compareRational } from '../base/time.ts';
import { formatSeconds } from './block-timing.ts';
import { openBlockRampSec } from './object-timing.ts';
import type {
  AudioObject,
  ChannelPosition,
  Divergence,
  ExclusionZone,
  ObjectBlock,
  PositionOffset,
} from './scene.ts';
import type { ObjectDocument } from './scene-schema.ts';
import type {
  BlockDocument,
  ChannelPositionDocument,
  PositionDocument,
  PositionOffsetDocument,
} from './schema-parts.ts';

/**
 * Positions and automation as scene documents write them: the way back of `build-blocks.ts`. Numbers outside what
 * documents allow are brought inside; azimuths turn around, which changes nothing.
 */

/** A gain as documents write it; undefined for 0 dB, which is left out. */
export const levelDocument = (gainDb: number): number | null | undefined =>
  gainDb === 0 ? undefined : gainDb === -Infinity ? null : Math.max(-200, gainDb);

const within = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value));

/** The same direction from -180 to 180. */
const turned = (azimuthDeg: number): number =>
  Math.abs(azimuthDeg) <= 180 ? azimuthDeg : azimuthDeg - 360 * Math.round(azimuthDeg / 360);

/** The value, or undefined where it is what leaving it out means. */
const unless = <T>(value: T, otherwise: T): T | undefined => (value === otherwise ? undefined : value);

/** Entries that are not undefined. */
export const stated = <T extends object>(document: T): T =>
  Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined)) as T;

type AnyPosition =
  | { readonly azimuthDeg: number; readonly elevationDeg: number; readonly distance: number }
  | { readonly xyz: Vec3 };

function placeDocument(position: AnyPosition): PositionDocument {
  if ('xyz' in position) {
    const [x, y, z] = position.xyz.map((coordinate) => within(coordinate, -1, 1)) as [number, number, number];
    return { x, y, z };
  }
  const { azimuthDeg, elevationDeg, distance } = position;
  return stated({
    azimuthDeg: turned(azimuthDeg),
    elevationDeg: within(elevationDeg, -90, 90),
    distance: unless(within(distance, 0, 100), 1),
  });
}

/** Position of a bed channel. */
export function channelPositionDocument(position: ChannelPosition): ChannelPositionDocument {
  const { bounds, screenEdgeLock } = position;
  return stated({ ...placeDocument(position), bounds, screenEdgeLock }) as ChannelPositionDocument;
}

/** Offset of an object. */
export function positionOffsetDocument(offset: PositionOffset): PositionOffsetDocument {
  if (offset.kind === 'cartesian') {
    const [x, y, z] = offset.xyz.map((value) => within(value, -2, 2)) as [number, number, number];
    return { x, y, z };
  }
  return {
    azimuthDeg: turned(offset.azimuthDeg),
    elevationDeg: within(offset.elevationDeg, -90, 90),
    distance: within(offset.distance, -1, 1),
  };
}

/** What an object does: its one block where that says no more than an object may, or the list of its blocks. */
export function automationDocument({ blocks }: AudioObject): Pick<ObjectDocument, 'blocks' | 'position'> {
  const [first] = blocks;
  if (first && blocks.length === 1 && isPlain(first)) return renderingDocument(first);
  return { blocks: blocks.map((block, index) => blockDocument(block, blocks[index - 1])) };
}

/** Whether a block lasts from start to end and states nothing that objects cannot. */
const isPlain = (block: ObjectBlock): boolean =>
  block.startSec.numerator === 0n &&
  block.durationSec === undefined &&
  block.gainDb === 0 &&
  !block.jumpPosition &&
  block.importance === undefined;

function blockDocument(block: ObjectBlock, before: ObjectBlock | undefined): BlockDocument {
  const { startSec, durationSec, jumpPosition, interpolationLengthSec, importance } = block;
  // Documents have no glide without an end; renderers make it a short ramp.
  const isOpenGlide = !durationSec && !jumpPosition && before !== undefined && touches(before, block);
  const rampSec = isOpenGlide ? openBlockRampSec : jumpPosition ? interpolationLengthSec : undefined;
  return stated({
    startSec: formatSeconds(startSec),
    durationSec: durationSec && formatSeconds(durationSec),
    ...renderingDocument(block),
    gainDb: levelDocument(block.gainDb),
    jumpPosition: unless(jumpPosition || isOpenGlide, false),
    interpolationLengthSec: rampSec && formatSeconds(rampSec),
    importance: importance === undefined ? undefined : Math.round(importance),
  });
}

const touches = ({ startSec, durationSec }: ObjectBlock, after: ObjectBlock): boolean =>
  durationSec !== undefined && compareRational(addRational(startSec, durationSec), after.startSec) === 0;

function renderingDocument(block: ObjectBlock) {
  const { position, channelLock, zoneExclusion } = block;
  const isCartesian = position.kind === 'cartesian';
  const extent = (value: number): number | undefined => unless(within(value, 0, isCartesian ? 1 : 360), 0);
  return stated({
    position: stated({ ...placeDocument(position), screenEdgeLock: position.screenEdgeLock }),
    width: extent(block.width),
    height: extent(block.height),
    depth: unless(block.depth, 0),
    diffuse: unless(block.diffuse, 0),
    channelLock: channelLock && lockDocument(channelLock.maxDistance),
    divergence: block.divergence && divergenceDocument(block.divergence, isCartesian),
    zoneExclusion: zoneExclusion.length > 0 ? zoneExclusion.map(zoneDocument) : undefined,
    screenRef: unless(block.screenRef, false),
  });
}

const lockDocument = (maxDistance: number | undefined): true | { maxDistance: number } =>
  maxDistance === undefined ? true : { maxDistance: within(maxDistance, 0, 2) };

function divergenceDocument(
  { value, azimuthRangeDeg, positionRange }: Divergence,
  isCartesian: boolean,
): BlockDocument['divergence'] {
  const range = isCartesian ? positionRange : azimuthRangeDeg;
  if (range === undefined) return value;
  return isCartesian ? { value, positionRange: range } : { value, azimuthRangeDeg: range };
}

function zoneDocument(zone: ExclusionZone): NonNullable<BlockDocument['zoneExclusion']>[number] {
  if (zone.kind === 'polar') {
    const [fromDeg, toDeg] = zone.azimuthDeg;
    const [lowDeg, highDeg] = zone.elevationDeg;
    return {
      azimuthDeg: [turned(fromDeg), turned(toDeg)],
      elevationDeg: [within(lowDeg, -90, 90), within(highDeg, -90, 90)],
    };
  }
  const bounds = (axis: 0 | 1 | 2): [number, number] => [
    within(zone.min[axis], -1, 1),
    within(zone.max[axis], -1, 1),
  ];
  return { x: bounds(0), y: bounds(1), z: bounds(2) };
}
