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

interface Point {
  readonly ticks: number;
  readonly state: DolbyState;
}

/**
 * Makes the blocks of an object for all of a programme, one by one: its gaps are blocks of gain 0, its own start is put
 * into the times, its gain into the gains.
 * @param totalTicks length of the programme
 */
export function* dolbyBlocksOf(object: AudioObject, totalTicks: number): Generator<DolbyBlock> {
  let last: Point | undefined;
  let keptCount = 0;
  for (const move of dolbyMoves(object, { ticksPerSec, totalTicks }, new Set())) {
    for (const point of staircase(move)) {
      // Of points that are too near to each other the last counts, from the time of the first on.
      if (last && point.ticks - last.ticks < (keptCount > 1 ? dolbyGridTicks : 1)) {
        last = { ticks: last.ticks, state: point.state };
      } else if (!last || totalTicks - point.ticks >= dolbyGridTicks) {
        if (last) yield blockOf(last, point.ticks);
        last = last ? point : { ticks: 0, state: point.state };
        keptCount++;
      }
    }
  }
  if (last) yield blockOf(last, totalTicks);
}

const blockOf = ({ ticks, state }: Point, endTicks: number): DolbyBlock => ({
  ...state,
  startTicks: ticks,
  durationTicks: endTicks - ticks,
});

/** What of an object its blocks do not say. @param totalTicks length of the programme */
export function dolbyBlockLosses(object: AudioObject, totalTicks: number): string[] {
  const losses = new Set<string>();
  const moves = dolbyMoves(object, { ticksPerSec, totalTicks }, losses);
  while (!moves.next().done);
  return [...losses];
}

function staircase({ from, state: to, ticks: startTicks, rampTicks }: DolbyMove): Point[] {
  const wanted = from ? Math.ceil(stateDistance(from, to) / dolbyMaxDeviation - 1e-9) : 1;
  const count = Math.max(1, Math.min(wanted, Math.floor(rampTicks / dolbyGridTicks)));
  return Array.from({ length: count }, (_, step) => ({
    ticks: startTicks + Math.round((step * rampTicks) / count),
    state: step + 1 === count || !from ? to : stateBetween(from, to, (step + 1) / count),
  }));
}
