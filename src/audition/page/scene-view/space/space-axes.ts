import { Matrix4, Vector3 } from 'three';
import type { Vec3 } from '../../../../base/coordinates.ts';
import { rotateVector, rotationMatrix } from '../../../../math/rotation.ts';
import type { HeadOrientation } from '../../engine/engine.ts';

/** A point of the room (x right, y front, z up) in the axes of three.js (x right, y up, z back). */
export const toSpace = ([x, y, z]: Vec3): Vector3 => new Vector3(x, z, -y);

/** How a head is turned, in the axes of three.js. */
export function headMatrix(head: HeadOrientation): Matrix4 {
  const matrix = rotationMatrix(head);
  const turned = (axis: Vec3): Vector3 => toSpace(rotateVector(matrix, axis));
  return new Matrix4().makeBasis(turned([1, 0, 0]), turned([0, 0, 1]), turned([0, -1, 0]));
}
