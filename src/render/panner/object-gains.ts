import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { dbToGain } from '../../base/units.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { ExclusionZone, ObjectBlock } from '../../scene/scene.ts';
import { createChannelLocker, cubeLockWeights, polarLockWeights } from './channel-lock.ts';
import { createCubeExtentPanner, type CubeExtentPanner } from './cube-extent.ts';
import { cubePositions, findNeighbours, panInCube, type CubeNeighbours } from './cube-panner.ts';
import { defaultDivergenceRangeDeg, divergeSource } from './divergence.ts';
import { createPointSourcePanner } from './point-source.ts';
import { createPolarExtentPanner } from './polar-extent.ts';
import { createScreenMapper, defaultScreen, type Screen } from './screen.ts';
import { createZoneExclusion, extendCubeExclusion } from './zone-exclusion.ts';

/** Gains of one object block [loudspeaker], LFEs 0. */
export interface ObjectGains {
  readonly direct: Float64Array;
  /** For the decorrelated signal. */
  readonly diffuse: Float64Array;
}

/** What object gains depend on beside the layout. */
export interface ObjectGainOptions {
  /** Screen that the programme was mixed to; default `defaultScreen`. */
  readonly referenceScreen?: Screen | undefined;
  /** Screen of the room; null for none; default `defaultScreen`. */
  readonly reproductionScreen?: Screen | null | undefined;
  /** Divergence range of blocks that give none; default 45 (BS.2076-1), 0 for BS.2076-2. */
  readonly divergenceRangeDeg?: number | undefined;
}

/**
 * Makes the gain calculator for objects of BS.2127-1 clause 7.3: screen scaling, screen edge lock, channel lock,
 * divergence, extent, zone exclusion, gain and diffuseness, in this order. Cartesian sizes act as BS.2076 has
 * them: width along x, depth along y, height along z.
 * @throws LayoutError "layout-does-not-surround" for a layout that has to be folded to
 */
export function createObjectGains(
  layout: Layout,
  options: ObjectGainOptions = {},
): (block: ObjectBlock) => ObjectGains {
  const channels = layout.loudspeakers.flatMap((loudspeaker, index) => (loudspeaker.isLfe ? [] : [index]));
  const panning: Layout = { ...layout, loudspeakers: channels.map((index) => layout.loudspeakers[index]!) };
  const zones = createZoneExclusion(panning.loudspeakers);
  const reproduction =
    options.reproductionScreen === null ? undefined : (options.reproductionScreen ?? defaultScreen);
  const screens = createScreenMapper(
    options.referenceScreen ?? defaultScreen,
    reproduction,
    panning.loudspeakers.some(({ label }) => label === 'U+045'),
  );
  const panPolar = createPolarPath(panning, zones.redirect, zones.findExcluded);
  const panCube = createCubePath(panning, zones.findExcluded);
  const divergenceRangeDeg = options.divergenceRangeDeg ?? defaultDivergenceRangeDeg;

  return (block) => {
    const isCartesian = block.position.kind === 'cartesian';
    let position = vectorOf(block);
    if (block.screenRef) position = screens.scale(position, isCartesian);
    position = screens.lock(position, block.position.screenEdgeLock, isCartesian);
    const gains = (isCartesian ? panCube : panPolar)(block, position, divergenceRangeDeg);
    return splitDiffuse(gains, block, channels, layout.loudspeakers.length);
  };
}

/** Names of the features of a block that renderers without decorrelators cannot do; empty for none. */
export const unsupportedFeatures = (block: ObjectBlock): readonly string[] =>
  block.diffuse > 0 ? ['diffuse'] : [];

type PanPath = (block: ObjectBlock, position: Vec3, divergenceRangeDeg: number) => Float64Array;
type FindExcluded = (zones: readonly ExclusionZone[]) => readonly boolean[];

function createPolarPath(
  layout: Layout,
  redirect: (gains: Float64Array, isExcluded: readonly boolean[]) => void,
  findExcluded: FindExcluded,
): PanPath {
  const { loudspeakers } = layout;
  const pointSource = createPointSourcePanner(layout);
  const positions = loudspeakers.map(({ azimuthDeg, elevationDeg }) =>
    polarToCartesian(azimuthDeg, elevationDeg),
  );
  const lock = createChannelLocker(loudspeakers, positions, polarLockWeights);
  const extent = createPolarExtentPanner(pointSource, loudspeakers.length);
  const scratch = new Float64Array(loudspeakers.length);
  return (block, position, divergenceRangeDeg) => {
    const locked = lock(position, block.channelLock);
    const gains = sumPowers(
      divergeSource(locked, block.divergence, false, divergenceRangeDeg),
      loudspeakers.length,
      (at) => {
        extent.pan(at, block.width, block.height, block.depth, scratch);
        return scratch;
      },
    );
    if (block.zoneExclusion.length > 0) redirect(gains, findExcluded(block.zoneExclusion));
    return gains;
  };
}

/** Loudspeakers that a cartesian object may use, and the panners over them. */
interface CubeSubset {
  readonly kept: readonly number[];
  readonly neighbours: readonly CubeNeighbours[];
  readonly extent: CubeExtentPanner;
}

function createCubePath(layout: Layout, findExcluded: FindExcluded): PanPath {
  const positions = cubePositions(layout);
  const lock = createChannelLocker(layout.loudspeakers, positions, cubeLockWeights);
  const subsets = new Map<string, CubeSubset>();
  const subsetFor = (isExcluded: readonly boolean[]): CubeSubset => {
    const key = isExcluded.map(Number).join('');
    const known = subsets.get(key);
    if (known) return known;
    const kept = positions.flatMap((_, index) => (isExcluded[index] ? [] : [index]));
    const neighbours = findNeighbours(kept.map((index) => positions[index]!));
    const subset = { kept, neighbours, extent: createCubeExtentPanner(neighbours) };
    subsets.set(key, subset);
    return subset;
  };
  return (block, position) => {
    const isExcluded = extendCubeExclusion(positions, findExcluded(block.zoneExclusion));
    const { kept, neighbours, extent } = subsetFor(isExcluded);
    const size: Vec3 = [block.width, block.depth, block.height];
    const isPoint = size.every((value) => value === 0);
    const locked = lock(position, block.channelLock, isExcluded);
    const gains = sumPowers(divergeSource(locked, block.divergence, true), kept.length, (at) =>
      isPoint ? panInCube(neighbours, at) : extent.pan(at, size),
    );
    const all = new Float64Array(positions.length);
    kept.forEach((index, i) => (all[index] = gains[i]!));
    return all;
  };
}

function sumPowers(
  sources: ReturnType<typeof divergeSource>,
  count: number,
  pan: (position: Vec3) => Float64Array,
): Float64Array {
  const gains = new Float64Array(count);
  for (const { position, powerShare } of sources) {
    if (powerShare === 0) continue;
    const part = pan(position);
    for (let i = 0; i < count; i++) gains[i]! += powerShare * part[i]! ** 2;
  }
  for (let i = 0; i < count; i++) gains[i] = Math.sqrt(gains[i]!);
  return gains;
}

function vectorOf({ position }: ObjectBlock): Vec3 {
  if (position.kind === 'polar') {
    return polarToCartesian(position.azimuthDeg, position.elevationDeg, position.distance);
  }
  const clip = (value: number): number => Math.min(1, Math.max(-1, value));
  return [clip(position.xyz[0]), clip(position.xyz[1]), clip(position.xyz[2])];
}

function splitDiffuse(
  gains: Float64Array,
  block: ObjectBlock,
  channels: readonly number[],
  loudspeakerCount: number,
): ObjectGains {
  const direct = new Float64Array(loudspeakerCount);
  const diffuse = new Float64Array(loudspeakerCount);
  const level = dbToGain(block.gainDb);
  channels.forEach((channel, index) => {
    direct[channel] = gains[index]! * level * Math.sqrt(1 - block.diffuse);
    diffuse[channel] = gains[index]! * level * Math.sqrt(block.diffuse);
  });
  return { direct, diffuse };
}
