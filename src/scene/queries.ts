import { polarToCartesian } from '../base/coordinates.ts';
import type { Vec3 } from '../base/coordinates.ts';
import type { AudioObject, Bed, ObjectPosition, Scene } from './scene.ts';

/** The objects of a scene, in order. */
export const objectsOf = (scene: Scene): AudioObject[] =>
  scene.elements.filter((element) => element.kind === 'object');

/** The beds of a scene, in order. */
export const bedsOf = (scene: Scene): Bed[] => scene.elements.filter((element) => element.kind === 'bed');

/**
 * Point of an object's position as it is drawn: x right, y front, z up. Polar positions stand on the sphere
 * around the listener, cartesian ones in the cube of the room; both have 1 at the loudspeakers.
 */
export const pointOf = (position: ObjectPosition): Vec3 =>
  position.kind === 'cartesian'
    ? position.xyz
    : polarToCartesian(position.azimuthDeg, position.elevationDeg, position.distance);
