import type { Vec3 } from '../../base/coordinates.ts';
import { polarExtentToCube, polarToCube } from '../../base/cube-coordinates.ts';
import { rationalToSec, type RationalSeconds } from '../../base/time.ts';
import { dbToGain } from '../../base/units.ts';
import type { AudioObject, ObjectBlock } from '../../scene/scene.ts';
import { dolbyZoneName } from './dolby-zones.ts';
import { ticksPerSec } from './format-values.ts';

/**
 * Automation as studio masters hold it: events, each a position in the cube that is reached within 250 samples at
 * 48 kHz and then held. A scene's slow movements become staircases.
 */

/** What an object is from an event on. */
export interface DolbyState {
  /** In the cube, -1..1. */
  readonly xyz: Vec3;
  /** Linear. */
  readonly gain: number;
  /** Width, height and depth alike, 0..1. */
  readonly size: number;
  readonly isDiffuse: boolean;
  readonly isSnapped: boolean;
  readonly zones: readonly string[];
  readonly importance: number | undefined;
}

/** An audioBlockFormat of an object in a studio master; times in 1/100000 s. */
export interface DolbyBlock extends DolbyState {
  readonly startTicks: number;
  readonly durationTicks: number;
}

/** Blocks of an object, and what of it they do not say. */
export interface DolbyAutomation {
  readonly blocks: readonly DolbyBlock[];
  readonly losses: readonly string[];
}

/** Seconds in which a new position is reached, in all blocks but the first. */
export const dolbyRampText = '0.005208';
/** No block but the first is shorter: the ramp has to fit. */
export const dolbyGridTicks = 520;
/**
 * Most by which a coordinate (the room is 2 wide), a linear gain or a size of a staircase runs ahead of the movement
 * that it stands for; faster movements take a step at every point of the grid, where the ramps join.
 */
export const dolbyMaxDeviation = 0.01;

interface Point {
  readonly ticks: number;
  readonly state: DolbyState;
}

/**
 * Makes the blocks of an object for all of a programme: its gaps are blocks of gain 0, its own start is put into the
 * times, its gain into the gains. @param totalTicks length of the programme
 */
export function designDolbyBlocks(object: AudioObject, totalTicks: number): DolbyAutomation {
  const losses = new Set<string>();
  const points: Point[] = [];
  const offsetTicks = ticksOf(object.startSec);
  let endTicks = 0;
  let before: DolbyState | undefined;
  for (const [index, block] of object.blocks.entries()) {
    const state = stateOf(block, object, losses);
    // Before the audio of an object starts there is nothing to hear: the first block may begin there.
    const startsAtOnce = index === 0 && block.startSec.numerator === 0n;
    const startTicks = startsAtOnce ? 0 : offsetTicks + ticksOf(block.startSec);
    if (startTicks >= totalTicks) break;
    const isGap = startTicks > endTicks + roundingTicks;
    if (isGap) points.push({ ticks: endTicks, state: { ...(before ?? state), gain: 0 } });
    const durationTicks = block.durationSec && ticksOf(block.durationSec);
    const rampTicks = isGap || !before ? 0 : rampOf(block, durationTicks ?? totalTicks - startTicks);
    points.push(...staircase(isGap ? undefined : before, state, startTicks, rampTicks));
    endTicks =
      durationTicks === undefined ? totalTicks : offsetTicks + ticksOf(block.startSec) + durationTicks;
    before = state;
  }
  if (before && endTicks + roundingTicks < totalTicks)
    points.push({ ticks: endTicks, state: { ...before, gain: 0 } });
  return { blocks: blocksOf(toGrid(points, totalTicks), totalTicks), losses: [...losses] };
}

/** Times are rounded one by one. */
const roundingTicks = 2;

const ticksOf = (time: RationalSeconds): number => Math.round(rationalToSec(time) * ticksPerSec);

const rampOf = (block: ObjectBlock, durationTicks: number): number =>
  block.jumpPosition
    ? block.interpolationLengthSec
      ? ticksOf(block.interpolationLengthSec)
      : 0
    : durationTicks;

function staircase(
  from: DolbyState | undefined,
  to: DolbyState,
  startTicks: number,
  rampTicks: number,
): Point[] {
  const wanted = from ? Math.ceil(distanceOf(from, to) / dolbyMaxDeviation - 1e-9) : 1;
  const count = Math.max(1, Math.min(wanted, Math.floor(rampTicks / dolbyGridTicks)));
  return Array.from({ length: count }, (_, step) => ({
    ticks: startTicks + Math.round((step * rampTicks) / count),
    state: step + 1 === count || !from ? to : between(from, to, (step + 1) / count),
  }));
}

const distanceOf = (a: DolbyState, b: DolbyState): number =>
  Math.max(
    ...a.xyz.map((coordinate, axis) => Math.abs(coordinate - b.xyz[axis]!)),
    Math.abs(a.gain - b.gain),
    Math.abs(a.size - b.size),
  );

function between(a: DolbyState, b: DolbyState, share: number): DolbyState {
  const mix = (from: number, to: number): number => from + (to - from) * share;
  const axis = (index: 0 | 1 | 2): number => mix(a.xyz[index], b.xyz[index]);
  return { ...b, xyz: [axis(0), axis(1), axis(2)], gain: mix(a.gain, b.gain), size: mix(a.size, b.size) };
}

/** Of points that are too near to each other the last counts, from the time of the first on. */
function toGrid(points: readonly Point[], totalTicks: number): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    const isTooNear = last && point.ticks - last.ticks < (kept.length > 1 ? dolbyGridTicks : 1);
    if (isTooNear) kept[kept.length - 1] = { ticks: last.ticks, state: point.state };
    else if (kept.length === 0 || totalTicks - point.ticks >= dolbyGridTicks)
      kept.push({ ...point, ticks: kept.length === 0 ? 0 : point.ticks });
  }
  return kept;
}

const blocksOf = (points: readonly Point[], totalTicks: number): DolbyBlock[] =>
  points.map(({ ticks, state }, index) => ({
    ...state,
    startTicks: ticks,
    durationTicks: (points[index + 1]?.ticks ?? totalTicks) - ticks,
  }));

function stateOf(block: ObjectBlock, object: AudioObject, losses: Set<string>): DolbyState {
  const zones: string[] = [];
  for (const zone of block.zoneExclusion) {
    const name = dolbyZoneName(zone);
    if (name === undefined) losses.add('excluded zones other than those of the profile');
    else zones.push(name);
  }
  if (block.divergence && block.divergence.value > 0) losses.add('divergence');
  if (block.screenRef || block.position.screenEdgeLock) losses.add('the tie to the screen');
  if (block.channelLock?.maxDistance !== undefined) losses.add('the reach of the channel lock');
  if (block.diffuse > 0 && block.diffuse < 1) losses.add('diffuseness between 0 and 1');
  const gain = object.mute ? 0 : dbToGain(object.gainDb + block.gainDb);
  const importance = block.importance === undefined ? undefined : Math.round(block.importance);
  return {
    xyz: cubePositionOf(block, object, losses),
    gain,
    size: sizeOf(block, losses),
    isDiffuse: block.diffuse >= 0.5,
    isSnapped: block.channelLock !== undefined,
    zones,
    importance: importance === 0 && gain > 0 ? 1 : importance,
  };
}

function cubePositionOf(
  { position }: ObjectBlock,
  { positionOffset }: AudioObject,
  losses: Set<string>,
): Vec3 {
  let xyz: Vec3;
  if (position.kind === 'polar') {
    const offset = positionOffset?.kind === 'polar' ? positionOffset : undefined;
    xyz = polarToCube({
      azimuthDeg: position.azimuthDeg + (offset?.azimuthDeg ?? 0),
      elevationDeg: Math.max(-90, Math.min(90, position.elevationDeg + (offset?.elevationDeg ?? 0))),
      distance: position.distance + (offset?.distance ?? 0),
    });
  } else {
    const offset: Vec3 = positionOffset?.kind === 'cartesian' ? positionOffset.xyz : [0, 0, 0];
    const [x, y, z] = position.xyz;
    xyz = [x + offset[0], y + offset[1], z + offset[2]];
  }
  if (xyz.some((coordinate) => Math.abs(coordinate) > 1 + 1e-9)) losses.add('places outside the room');
  const inside = (coordinate: number): number => Math.max(-1, Math.min(1, coordinate));
  return [inside(xyz[0]), inside(xyz[1]), inside(xyz[2])];
}

function sizeOf({ position, width, height, depth }: ObjectBlock, losses: Set<string>): number {
  const sizes =
    position.kind === 'polar'
      ? polarExtentToCube(position, { widthDeg: width, heightDeg: height, depth })
      : [width, depth, height];
  if (sizes.some((size) => Math.abs(size - sizes[0]!) > 1e-6))
    losses.add('sizes that differ by direction (their mean counts)');
  return Math.min(1, (sizes[0]! + sizes[1]! + sizes[2]!) / 3);
}
