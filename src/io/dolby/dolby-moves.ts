import type { Vec3 } from '../../base/coordinates.ts';
import { polarExtentToCube, polarToCube } from '../../base/cube-coordinates.ts';
import { addRational, rationalToSec, type RationalSeconds } from '../../base/time.ts';
import { dbToGain } from '../../base/units.ts';
import type { AudioObject, ObjectBlock } from '../../scene/scene.ts';
import type { DolbyZoneName } from '../../scene/dolby-zones.ts';
import { dolbyZoneName } from './dolby-zones.ts';

/** Objects in the terms of studio masters: states in the cube, and the moves from one to the next. */

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
  readonly zones: readonly DolbyZoneName[];
  readonly importance: number | undefined;
}

/** A state that an object comes to. */
export interface DolbyMove {
  /** When it sets out. */
  readonly ticks: number;
  /** How long it takes; 0 where it is there at once. */
  readonly rampTicks: number;
  /** Where it comes from; undefined where it is there at once. */
  readonly from: DolbyState | undefined;
  readonly state: DolbyState;
}

/** How a master counts time. */
export interface MasterTime {
  readonly ticksPerSec: number;
  /** Length of the programme. */
  readonly totalTicks: number;
}

/** Times are rounded one by one. */
const roundingTicks = 2;

/**
 * Gives the moves of an object for all of a programme, in order: its gaps are states of gain 0, its own start is put into
 * the times, its gain into the gains.
 * @param losses gets what the states do not say
 */
export function* dolbyMoves(
  object: AudioObject,
  { ticksPerSec, totalTicks }: MasterTime,
  losses: Set<string>,
): Generator<DolbyMove> {
  const ticksOf = (time: RationalSeconds): number => Math.round(rationalToSec(time) * ticksPerSec);
  const offsetTicks = ticksOf(object.startSec);
  let endTicks = 0;
  let before: DolbyState | undefined;
  for (const [index, block] of object.blocks.entries()) {
    const state = stateOf(block, object, losses);
    // Before the audio of an object starts there is nothing to hear: the first block may begin there.
    const startsAtOnce = index === 0 && block.startSec.numerator === 0n;
    const startTicks = startsAtOnce ? 0 : offsetTicks + ticksOf(block.startSec);
    if (startTicks >= totalTicks) {
      // What is never heard has a place all the same.
      if (!before) yield { ticks: 0, rampTicks: 0, from: undefined, state: { ...state, gain: 0 } };
      break;
    }
    const isGap = startTicks > endTicks + roundingTicks;
    if (isGap)
      yield { ticks: endTicks, rampTicks: 0, from: undefined, state: { ...(before ?? state), gain: 0 } };
    // Ends are rounded as the starts of the next blocks are, so that movements come to where they go.
    const stopTicks = block.durationSec
      ? offsetTicks + ticksOf(addRational(block.startSec, block.durationSec))
      : totalTicks;
    const from = isGap ? undefined : before;
    const ownRampTicks = block.interpolationLengthSec ? ticksOf(block.interpolationLengthSec) : 0;
    const rampTicks = block.jumpPosition ? ownRampTicks : stopTicks - startTicks;
    yield { ticks: startTicks, rampTicks: from ? rampTicks : 0, from, state };
    endTicks = stopTicks;
    before = state;
  }
  if (before && endTicks + roundingTicks < totalTicks)
    yield { ticks: endTicks, rampTicks: 0, from: undefined, state: { ...before, gain: 0 } };
}

/** How far two states are apart: the largest difference of a coordinate, the gain or the size. */
export const stateDistance = (a: DolbyState, b: DolbyState): number =>
  Math.max(
    ...a.xyz.map((coordinate, axis) => Math.abs(coordinate - b.xyz[axis]!)),
    Math.abs(a.gain - b.gain),
    Math.abs(a.size - b.size),
  );

/** The state between two that movement passes at a share of its way, 0..1. */
export function stateBetween(a: DolbyState, b: DolbyState, share: number): DolbyState {
  const mix = (from: number, to: number): number => from + (to - from) * share;
  const axis = (index: 0 | 1 | 2): number => mix(a.xyz[index], b.xyz[index]);
  return { ...b, xyz: [axis(0), axis(1), axis(2)], gain: mix(a.gain, b.gain), size: mix(a.size, b.size) };
}

function stateOf(block: ObjectBlock, object: AudioObject, losses: Set<string>): DolbyState {
  const zones: DolbyZoneName[] = [];
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
  const isTooLow = importance === 0 && gain > 0;
  if (isTooLow) losses.add('importance 0 (it becomes 1)');
  return {
    xyz: cubePositionOf(block, object, losses),
    gain,
    size: sizeOf(block, losses),
    isDiffuse: block.diffuse >= 0.5,
    isSnapped: block.channelLock !== undefined,
    zones,
    importance: isTooLow ? 1 : importance,
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
