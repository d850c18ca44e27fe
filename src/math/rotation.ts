import { mat3, quat } from 'gl-matrix';
import type { Vec3 } from '../base/coordinates.ts';
import { degToRad } from '../base/units.ts';

/**
 * A turn of the whole scene about the listener. It rolls first, then pitches, then yaws, about axes that
 * stay in the room.
 */
export interface Rotation {
  /** About the vertical: positive turns the front to the left, so that it adds to azimuths. */
  readonly yawDeg: number;
  /** About the left-right axis: positive lifts the front. */
  readonly pitchDeg: number;
  /** About the front axis: positive lifts the left side. */
  readonly rollDeg: number;
}

/** Unit quaternion [x, y, z, w] of a rotation, for turning evenly from one to another. */
export function rotationQuaternion({ yawDeg, pitchDeg, rollDeg }: Rotation): Float64Array {
  // gl-matrix computes in the array it is given: Float64Array keeps double precision without touching its
  // global array type, which an application may rely on.
  const turn = new Float64Array(4);
  const step = new Float64Array(4);
  quat.setAxisAngle(turn, [0, 0, 1], degToRad(yawDeg));
  quat.multiply(turn, turn, quat.setAxisAngle(step, [1, 0, 0], degToRad(pitchDeg)));
  quat.multiply(turn, turn, quat.setAxisAngle(step, [0, 1, 0], degToRad(rollDeg)));
  return turn;
}

/**
 * Matrix of a rotation on ADM axes (x right, y front, z up).
 * @returns [3][3] row-major float64; a rotated vector is matrix * vector
 */
export const rotationMatrix = (rotation: Rotation): Float64Array =>
  quaternionMatrix(rotationQuaternion(rotation));

/** Matrix of the rotation a share of the shortest way from one quaternion to another. */
export const rotationBetween = (from: Float64Array, to: Float64Array, share: number): Float64Array =>
  quaternionMatrix(quat.slerp(new Float64Array(4), from, to, share) as Float64Array);

function quaternionMatrix(turn: Float64Array): Float64Array {
  const matrix = new Float64Array(9);
  // Column-major in gl-matrix, row-major here.
  return mat3.transpose(matrix, mat3.fromQuat(matrix, turn)) as Float64Array;
}

/** Applies a rotation matrix ([3][3] row-major) to a vector. */
export function rotateVector(matrix: Float64Array, [x, y, z]: Vec3): Vec3 {
  return [
    matrix[0]! * x + matrix[1]! * y + matrix[2]! * z,
    matrix[3]! * x + matrix[4]! * y + matrix[5]! * z,
    matrix[6]! * x + matrix[7]! * y + matrix[8]! * z,
  ];
}

/** Inverse of a rotation matrix: its transpose. */
export function inverseRotation(matrix: Float64Array): Float64Array {
  return mat3.transpose(new Float64Array(9), matrix) as Float64Array;
}
