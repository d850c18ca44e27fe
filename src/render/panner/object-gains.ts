import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { dbToGain } from '../../base/units.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { defaultScreen, type Screen } from '../../layouts/screen.ts';
import type { ExclusionZone, ObjectBlock } from '../../scene/scene.ts';
import { createChannelLocker, cubeLockWeights, polarLockWeights } from './channel-lock.ts';
import { createCubeExtentPanner, type CubeExtentPanner } from './cube-extent.ts';
import { cubePositions, findNeighbours, panInCube, type CubeNeighbours } from './cube-panner.ts';
import { defaultDivergenceRangeDeg, divergeSource } from './divergence.ts';
import { createPointSourcePanner } from './point-source.ts';
import { createPolarExtentPanner } from './polar-extent.ts';
import { createScreenMapper, screenOf } from './screen.ts';
import { createZoneExclusion, extendCubeExclusion } from './zone-exclusion.ts';

/**
 * Writes the gains of a block, times one more gain (linear): [loudspeaker], LFEs 0, and behind them
 * those of the signal for the decorrelators [loudspeaker], where the array has room for both. `speakerGains` are more
 * gains, one a loudspeaker; 1 where undefined.
 */
export type ObjectGainWriter = (
  block: ObjectBlock,
  gain: number,
  gains: Float64Array,
  speakerGains?: Float64Array,
) => void;

/** What object gains depend on beside the layout. */
export interface ObjectGainOptions {
  /** Screen that the programme was mixed to; default `defaultScreen`. */
  readonly referenceScreen?: Screen | undefined;
  /** Divergence range of blocks that give none; default 45 (BS.2076-1), 0 for BS.2076-2. */
  readonly divergenceRangeDeg?: number | undefined;
  /** Default: the scalar ones. */
  readonly kernels?: Kernels | undefined;
}

/**
 * Makes the gain calculator for objects of BS.2127-1 clause 7.3: screen scaling, screen edge lock, channel lock,
 * divergence, extent, zone exclusion, gain and diffuseness, in this order. Cartesian sizes act as BS.2076 has
 * them: width along x, depth along y, height along z.
 * @throws LayoutError "layout-does-not-surround" for a layout that has to be folded to
 */
export function createObjectGains(layout: Layout, options: ObjectGainOptions = {}): ObjectGainWriter {
  const channels = layout.loudspeakers.flatMap((loudspeaker, index) => (loudspeaker.isLfe ? [] : [index]));
  const panning: Layout = { ...layout, loudspeakers: channels.map((index) => layout.loudspeakers[index]!) };
  const zones = createZoneExclusion(panning.loudspeakers);
  const screens = createScreenMapper(
    options.referenceScreen ?? defaultScreen,
    screenOf(layout),
    panning.loudspeakers.some(({ label }) => label === 'U+045'),
  );
  const panPolar = createPolarPath(panning, zones.redirect, zones.findExcluded, options.kernels);
  const panCube = createCubePath(panning, zones.findExcluded);
  const divergenceRangeDeg = options.divergenceRangeDeg ?? defaultDivergenceRangeDeg;

  const loudspeakerCount = layout.loudspeakers.length;
  const panned = new Float64Array(channels.length);

  return (block, gain, gains, speakerGains) => {
    const isCartesian = block.position.kind === 'cartesian';
    let position = vectorOf(block);
    if (block.screenRef) position = screens.scale(position, isCartesian);
    position = screens.lock(position, block.position.screenEdgeLock, isCartesian);
    (isCartesian ? panCube : panPolar)(block, position, divergenceRangeDeg, panned);
    const blockGain = block.gainDb === 0 ? gain : gain * dbToGain(block.gainDb);
    if (speakerGains) channels.forEach((channel, i) => (panned[i]! *= speakerGains[channel]!));
    gains.fill(0);
    const isSplit = gains.length >= 2 * loudspeakerCount;
    const directGain = isSplit ? blockGain * Math.sqrt(1 - block.diffuse) : blockGain;
    const diffuseGain = isSplit ? blockGain * Math.sqrt(block.diffuse) : 0;
    for (let i = 0; i < channels.length; i++) {
      gains[channels[i]!] = panned[i]! * directGain;
      if (diffuseGain > 0) gains[loudspeakerCount + channels[i]!] = panned[i]! * diffuseGain;
    }
  };
}

/** Writes the gains of a block at a position [loudspeaker that is no LFE], without its own gain. */
type PanPath = (block: ObjectBlock, position: Vec3, divergenceRangeDeg: number, gains: Float64Array) => void;
type FindExcluded = (zones: readonly ExclusionZone[]) => readonly boolean[];

function createPolarPath(
  layout: Layout,
  redirect: (gains: Float64Array, isExcluded: readonly boolean[]) => void,
  findExcluded: FindExcluded,
  kernels: Kernels | undefined,
): PanPath {
  const { loudspeakers } = layout;
  const pointSource = createPointSourcePanner(layout);
  const positions = loudspeakers.map(({ azimuthDeg, elevationDeg }) =>
    polarToCartesian(azimuthDeg, elevationDeg),
  );
  const lock = createChannelLocker(loudspeakers, positions, polarLockWeights);
  const extent = createPolarExtentPanner(pointSource, loudspeakers.length, kernels);
  const part = new Float64Array(loudspeakers.length);
  return (block, position, divergenceRangeDeg, gains) => {
    const { width, height, depth, divergence } = block;
    const locked = lock(position, block.channelLock);
    if (!divergence || divergence.value === 0) extent.pan(locked, width, height, depth, gains);
    else {
      const sources = divergeSource(locked, divergence, false, divergenceRangeDeg);
      sumPowers(sources, gains, (at) => {
        extent.pan(at, width, height, depth, part);
        return part;
      });
    }
    if (block.zoneExclusion.length > 0) redirect(gains, findExcluded(block.zoneExclusion));
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
  return (block, position, _divergenceRangeDeg, gains) => {
    const isExcluded = extendCubeExclusion(positions, findExcluded(block.zoneExclusion));
    const { kept, neighbours, extent } = subsetFor(isExcluded);
    const size: Vec3 = [block.width, block.depth, block.height];
    const isPoint = size.every((value) => value === 0);
    const locked = lock(position, block.channelLock, isExcluded);
    const keptGains = new Float64Array(kept.length);
    sumPowers(divergeSource(locked, block.divergence, true), keptGains, (at) =>
      isPoint ? panInCube(neighbours, at) : extent.pan(at, size),
    );
    gains.fill(0);
    kept.forEach((index, i) => (gains[index] = keptGains[i]!));
  };
}

/** Writes the gains of sources that share the power of one. */
function sumPowers(
  sources: ReturnType<typeof divergeSource>,
  gains: Float64Array,
  pan: (position: Vec3) => Float64Array,
): void {
  gains.fill(0);
  for (const { position, powerShare } of sources) {
    if (powerShare === 0) continue;
    const part = pan(position);
    for (let i = 0; i < gains.length; i++) gains[i]! += powerShare * part[i]! ** 2;
  }
  for (let i = 0; i < gains.length; i++) gains[i] = Math.sqrt(gains[i]!);
}

function vectorOf({ position }: ObjectBlock): Vec3 {
  if (position.kind === 'polar') {
    return polarToCartesian(position.azimuthDeg, position.elevationDeg, position.distance);
  }
  const clip = (value: number): number => Math.min(1, Math.max(-1, value));
  return [clip(position.xyz[0]), clip(position.xyz[1]), clip(position.xyz[2])];
}
