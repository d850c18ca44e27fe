import type { Vec3 } from '../base/coordinates.ts';
import { buildPosition } from './build-positions.ts';
import { blockTimes, exactSeconds, zeroSec } from './block-timing.ts';
import { blocksFromPositions, parsePositionCsv } from './position-csv.ts';
import type { ChannelLock, Divergence, ExclusionZone, ObjectBlock } from './scene.ts';
import type { ObjectDocument } from './scene-schema.ts';
import type { BlockDocument } from './schema-parts.ts';
import { sideFileText } from './side-files.ts';
import type { SideFiles } from './side-files.ts';

/** What blocks take from their object unless they say it themselves. */
type Rendering = Pick<
  BlockDocument,
  | 'position'
  | 'width'
  | 'height'
  | 'depth'
  | 'diffuse'
  | 'channelLock'
  | 'divergence'
  | 'zoneExclusion'
  | 'screenRef'
>;

/**
 * The blocks of an object of a valid document: those of its path, those that it lists, or one that rests at
 * its position from beginning to end.
 */
export function buildObjectBlocks(object: ObjectDocument, sideFiles: SideFiles): ObjectBlock[] {
  if (object.path !== undefined) {
    const rows = parsePositionCsv(sideFileText(object.path, sideFiles), object.path);
    return blocksFromPositions(rows, { ...buildRendering(object), importance: undefined });
  }
  if (!object.blocks) return [buildBlock({}, object, { startSec: zeroSec, durationSec: undefined })];
  const times = blockTimes(object.blocks);
  return object.blocks.map((block, index) =>
    buildBlock(block, object, times[index] ?? { startSec: zeroSec, durationSec: undefined }),
  );
}

function buildBlock(
  block: BlockDocument,
  object: Rendering,
  time: Pick<ObjectBlock, 'startSec' | 'durationSec'>,
): ObjectBlock {
  const stated = { ...object, ...withoutUndefined(block) };
  return {
    startSec: time.startSec,
    durationSec: time.durationSec,
    position: buildPosition(stated.position ?? { azimuthDeg: 0 }),
    gainDb: block.gainDb === null ? -Infinity : (block.gainDb ?? 0),
    ...buildRendering(stated),
    jumpPosition: block.jumpPosition ?? false,
    interpolationLengthSec:
      block.interpolationLengthSec === undefined ? undefined : exactSeconds(block.interpolationLengthSec),
    importance: block.importance,
  };
}

const withoutUndefined = (block: BlockDocument): BlockDocument =>
  Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));

function buildRendering(stated: Rendering) {
  return {
    width: stated.width ?? 0,
    height: stated.height ?? 0,
    depth: stated.depth ?? 0,
    diffuse: stated.diffuse ?? 0,
    channelLock: buildChannelLock(stated.channelLock),
    divergence: buildDivergence(stated.divergence),
    zoneExclusion: (stated.zoneExclusion ?? []).map(buildZone),
    screenRef: stated.screenRef ?? false,
  };
}

function buildChannelLock(lock: BlockDocument['channelLock']): ChannelLock | undefined {
  if (lock === undefined || lock === false) return undefined;
  return { maxDistance: lock === true ? undefined : lock.maxDistance };
}

function buildDivergence(divergence: BlockDocument['divergence']): Divergence | undefined {
  if (divergence === undefined) return undefined;
  const { value, azimuthRangeDeg, positionRange } =
    typeof divergence === 'number' ? { value: divergence } : { ...divergence };
  return { value, azimuthRangeDeg, positionRange };
}

function buildZone(zone: NonNullable<BlockDocument['zoneExclusion']>[number]): ExclusionZone {
  if ('azimuthDeg' in zone)
    return { kind: 'polar', azimuthDeg: zone.azimuthDeg, elevationDeg: zone.elevationDeg };
  const corner = (index: 0 | 1): Vec3 => [zone.x[index], zone.y[index], zone.z[index]];
  return { kind: 'cartesian', min: corner(0), max: corner(1) };
}
