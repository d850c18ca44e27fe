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
  for (const move of dolbyMoves(object, { ticksPerSec, totalTicks }, losses)) points.push(...staircase(move));
  return { blocks: blocksOf(toGrid(points, totalTicks), totalTicks), losses: [...losses] };
}

function staircase({ from, state: to, ticks: startTicks, rampTicks }: DolbyMove): Point[] {
  const wanted = from ? Math.ceil(stateDistance(from, to) / dolbyMaxDeviation - 1e-9) : 1;
  const count = Math.max(1, Math.min(wanted, Math.floor(rampTicks / dolbyGridTicks)));
  return Array.from({ length: count }, (_, step) => ({
    ticks: startTicks + Math.round((step * rampTicks) / count),
    state: step + 1 === count || !from ? to : stateBetween(from, to, (step + 1) / count),
  }));
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
