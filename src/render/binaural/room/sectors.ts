import type { Vec3 } from '../../../base/coordinates.ts';
import type { ObjectTrack } from '../object-track.ts';

/**
 * Directions from which the room is worked out for sources that move. A source between them feeds them by the
 * components of its direction, whose squares sum to 1.
 */
export const sectors: readonly Vec3[] = Object.freeze([
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
]);

/** Gain of a sector for a source in a direction (unit vector). */
export const sectorGain = (direction: Vec3, sector: number): number =>
  Math.max(0, direction[sector >> 1]! * (sector & 1 ? -1 : 1));

/** Gains of a source over a ramp [output]. */
export interface SectorFeed {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /**
   * Moves on to a sample; a new ramp begins as the one before ended.
   * @returns how much of the ramp is gone there; 0 where it is new
   */
  moveTo(sample: number): number;
}

/**
 * Makes the gains with which a source that moves feeds the six sectors of its mode.
 * @param gains array of all outputs, with the gains that do not change
 * @param firstOutput output of the first of its sectors
 * @param rampFrames length of all ramps
 */
export function createSectorFeed(
  track: ObjectTrack,
  gain: number,
  gains: Float64Array,
  firstOutput: number,
  rampFrames: number,
): SectorFeed {
  const starts = gains.slice();
  const ends = gains.slice();
  const scratch: [number, number, number] = [0, 0, 0];
  let start = NaN;
  const gainsAt = (sample: number, output: Float64Array): void => {
    const direction = track.directionAt(sample, scratch);
    for (let sector = 0; sector < sectors.length; sector++)
      output[firstOutput + sector] = gain * sectorGain(direction, sector);
  };
  return {
    starts,
    ends,
    moveTo(sample) {
      const gone = sample - start;
      if (gone >= 0 && gone < rampFrames) return gone;
      if (gone === rampFrames) starts.set(ends);
      else gainsAt(sample, starts);
      start = sample;
      gainsAt(sample + rampFrames, ends);
      return 0;
    },
  };
}
