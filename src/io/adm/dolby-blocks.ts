import type { AudioObject } from '../../scene/scene.ts';
import {
  dolbyMoves,
  stateBetween,
  stateDistance,
  type DolbyMove,
  type DolbyState,
} from '../dolby/dolby-moves.ts';
import { ticksPerSec } from './format-values.ts';

/**
 * Automation as studio masters hold it: events, each a position in the cube that is reached within 250 samples at
 * 48 kHz and then held. A scene's slow movements become staircases.
 */

/** An audioBlockFormat of an object in a studio master; times in 1/100000 s. */
export interface DolbyBlock extends DolbyState {
  readonly startTicks: number;
  readonly durationTicks: number;
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

/**
 * Makes the blocks of an object for all of a programme, one by one: its gaps are blocks of gain 0, its own start is put
 * into the times, its gain into the gains.
 * @param totalTicks length of the programme
 */
export function* dolbyBlocksOf(object: AudioObject, totalTicks: number): Generator<DolbyBlock> {
  let lastTicks = 0;
  let last: DolbyState | undefined;
  let keptCount = 0;
  for (const move of dolbyMoves(object, { ticksPerSec, totalTicks }, new Set())) {
    const stepCount = stepCountOf(move);
    for (let step = 0; step < stepCount; step++) {
      const ticks = move.ticks + Math.round((step * move.rampTicks) / stepCount);
      const isFirst = last === undefined;
      // Of steps that are too near to each other the last counts, from the time of the first on.
      const isTooNear = ticks - lastTicks < (keptCount > 1 ? dolbyGridTicks : 1);
      if (!isFirst && !isTooNear) {
        if (totalTicks - ticks < dolbyGridTicks) continue;
        yield blockOf(last!, lastTicks, ticks);
      }
      if (isFirst || !isTooNear) {
        lastTicks = isFirst ? 0 : ticks;
        keptCount++;
      }
      last = stateOfStep(move, (step + 1) / stepCount);
    }
  }
  if (last) yield blockOf(last, lastTicks, totalTicks);
}

function blockOf(state: DolbyState, startTicks: number, endTicks: number): DolbyBlock {
  const { xyz, gain, size, isDiffuse, isSnapped, zones, importance } = state;
  const durationTicks = endTicks - startTicks;
  return { startTicks, durationTicks, xyz, gain, size, isDiffuse, isSnapped, zones, importance };
}

/** Steps of the staircase that a move becomes. */
function stepCountOf({ from, state, rampTicks }: DolbyMove): number {
  const wanted = from ? Math.ceil(stateDistance(from, state) / dolbyMaxDeviation - 1e-9) : 1;
  return Math.max(1, Math.min(wanted, Math.floor(rampTicks / dolbyGridTicks)));
}

const stateOfStep = ({ from, state }: DolbyMove, share: number): DolbyState =>
  share === 1 || !from ? state : stateBetween(from, state, share);

/** What of an object its blocks do not say. @param totalTicks length of the programme */
export function dolbyBlockLosses(object: AudioObject, totalTicks: number): string[] {
  const losses = new Set<string>();
  const moves = dolbyMoves(object, { ticksPerSec, totalTicks }, losses);
  while (!moves.next().done);
  return [...losses];
}
