import { cartesianToPolar, polarToCartesian } from '../../base/coordinates.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import {
  inverseRotation,
  rotateVector,
  rotationBetween,
  rotationMatrix,
  rotationQuaternion,
  type Rotation,
} from '../../math/rotation.ts';
import type { ObjectTrack } from './object-track.ts';
import { isPoint, type Placement } from './placement.ts';

/**
 * How the head is turned in the room at a time: yaw to the left, pitch up, roll towards the right shoulder. It
 * yaws first, then pitches and rolls about its own axes.
 */
export interface HeadPose extends Rotation {
  /** From the start of the scene. */
  readonly timeSec: number;
}

/** A head that turns. */
export interface HeadOrientation {
  /** Matrix [3][3] that takes directions of the room to those of the head at a sample. */
  matrixAt(sample: number): Float64Array;
}

/**
 * Makes the head follow a track: from pose to pose on the shortest way at even speed, resting before the first
 * and after the last.
 * @param poses at least one, in order of time
 */
export function createHeadOrientation(poses: readonly HeadPose[], sampleRateHz: number): HeadOrientation {
  const samples = poses.map(({ timeSec }) => timeSec * sampleRateHz);
  const turns = poses.map(rotationQuaternion);
  let place = 0;
  let known = { place: -1, share: 0, matrix: new Float64Array(0) };
  return {
    matrixAt(sample) {
      while (place > 0 && samples[place]! > sample) place--;
      while (place + 1 < samples.length && samples[place + 1]! <= sample) place++;
      const next = Math.min(place + 1, samples.length - 1);
      const length = samples[next]! - samples[place]!;
      const share = length > 0 ? Math.max(0, sample - samples[place]!) / length : 0;
      // All sources ask for the same sample, and a head at rest keeps its matrix.
      if (known.place !== place || known.share !== share) {
        const matrix = inverseRotation(rotationBetween(turns[place]!, turns[next]!, share));
        known = { place, share, matrix: matrix as Float64Array<ArrayBuffer> };
      }
      return known.matrix;
    },
  };
}

/** The set as a head hears the room that is turned and stays so: its directions are those of the room. */
export function turnHrtf(hrtf: HrtfSet, head: Rotation): HrtfSet {
  const matrix = rotationMatrix(head);
  const directionsDeg = hrtf.directionsDeg.slice();
  for (let i = 0; i < hrtf.directionCount; i++) {
    const { azimuthDeg, elevationDeg } = cartesianToPolar(
      rotateVector(matrix, polarToCartesian(hrtf.directionsDeg[2 * i]!, hrtf.directionsDeg[2 * i + 1]!)),
    );
    directionsDeg[2 * i] = azimuthDeg;
    directionsDeg[2 * i + 1] = elevationDeg;
  }
  return { ...hrtf, directionsDeg };
}

/** A track as the head hears it that turns: nothing rests. */
export function turnTrack(track: ObjectTrack, head: HeadOrientation): ObjectTrack {
  return {
    ...track,
    isStatic: false,
    placementAt: (sample) => turnPlacement(track.placementAt(sample), head.matrixAt(sample)),
    directionAt: (sample, output) => rotateVector(head.matrixAt(sample), track.directionAt(sample, output)),
  };
}

/** A placement in the room as seen from a head. @param matrix room to head */
export function turnPlacement(placement: Placement, matrix: Float64Array): Placement {
  const direction = rotateVector(matrix, placement.direction);
  return isPoint(placement)
    ? { ...placement, direction }
    : { ...placement, direction, seenFrom: { placement, matrix } };
}
