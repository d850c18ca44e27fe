import type { Vec3 } from '../../base/coordinates.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { LayoutTrim } from '../../scene/scene.ts';
import { cubePositions } from '../panner/cube-panner.ts';
import type { LayoutClass } from './layout-class.ts';

/**
 * Trims of object masters. Their fields are those of ETSI TS 103 420; what a renderer does with them is not published.
 * The formulas and constants of this file are those of public third-party renderers (trust B), but for `centreShare`,
 * which is our own (trust C): where an object counts as being at the front centre is stated nowhere.
 */

/** Where an object is from front wall (0) to back wall (1). */
const depthOf = ([, y]: Vec3): number => (1 - y) / 2;

const clip01 = (value: number): number => Math.min(1, Math.max(0, value));

/** The largest automatic trim in dB, -4.5 (2.0) .. 0 (7.1.4): what surrounds and heights the layout lacks. */
export const largestAutomaticTrimDb = ({ surroundCount, topCount }: LayoutClass): number =>
  Math.min(0, -4.5 + 3 * Math.min(1, surroundCount / 4) + 1.5 * Math.min(1, topCount / 4));

/**
 * Automatic trim of an object in dB: grows from the front wall to 0.6 of the room's depth, and with height from a fifth
 * of it on.
 * @param position in the cube
 */
export function automaticTrimDb(position: Vec3, layoutClass: LayoutClass): number {
  const away = clip01(depthOf(position) / 0.6) + clip01((Math.abs(position[2]) - 0.2) / 0.8);
  // Not `-0`, where there is no trim.
  return largestAutomaticTrimDb(layoutClass) * clip01(away) || 0;
}

/**
 * Manual trim of an object in dB: height with its distance from ear height, surround from the front wall to the middle
 * of the room and all behind, centre (2.0 only) at the front centre.
 * @param position in the cube
 */
export function manualTrimDb(position: Vec3, trim: LayoutTrim, { name }: LayoutClass): number {
  const surround = clip01(2 * depthOf(position));
  const centre = name === '2.0' ? centreShare(position) : 0;
  return (
    trim.heightDb * Math.min(1, Math.abs(position[2])) +
      trim.surroundDb * surround +
      trim.centreDb * centre || 0
  );
}

/** 1 at the front centre, 0 at the side walls, from the middle of the room back, and at the ceiling. */
const centreShare = (position: Vec3): number =>
  clip01(1 - Math.abs(position[0])) * clip01(1 - 2 * depthOf(position)) * clip01(1 - Math.abs(position[2]));

/**
 * Front-back balances as gains of objects in each loudspeaker, sqrt(1 - balance * y), y from -1 (back) to 1 (front):
 * loudspeakers above by the overhead-floor balance, those at ear height by the listener's.
 * @returns [loudspeaker]; undefined where both balances are 0
 */
export function balanceGains(layout: Layout, trim: LayoutTrim): Float64Array | undefined {
  const { overheadFloorBalance, listenerBalance } = trim;
  if (overheadFloorBalance === 0 && listenerBalance === 0) return undefined;
  return Float64Array.from(cubePositions(layout), ([, y, z], loudspeaker) => {
    if (layout.loudspeakers[loudspeaker]!.isLfe) return 1;
    const balance = z > 0.5 ? overheadFloorBalance : Math.abs(z) <= 0.5 ? listenerBalance : 0;
    return Math.sqrt(Math.max(0, 1 - balance * y));
  });
}

/** Moves a position in the cube back: the front half of the room takes all of it, and behind it is the back wall. */
export const warpPosition = ([x, y, z]: Vec3): Vec3 => [x, Math.max(-1, 2 * y - 1), z];
