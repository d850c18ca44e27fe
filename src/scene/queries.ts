import { polarToCartesian } from '../base/coordinates.ts';
import type { Vec3 } from '../base/coordinates.ts';
import { sceneTracks, type AudioObject, type Bed, type ObjectPosition, type Scene } from './scene.ts';

/** The objects of a scene, in order. */
export const objectsOf = (scene: Scene): AudioObject[] =>
  scene.elements.filter((element) => element.kind === 'object');

/** The beds of a scene, in order. */
export const bedsOf = (scene: Scene): Bed[] => scene.elements.filter((element) => element.kind === 'bed');

/** Tracks (`sceneTracks`) that are LFEs of beds. */
export const lfeTracks = (scene: Scene): number[] =>
  sceneTracks(scene).flatMap(({ elementIndex, channelIndex }, track) => {
    const element = scene.elements[elementIndex]!;
    return element.kind === 'bed' && element.channels[channelIndex]!.isLfe ? [track] : [];
  });

/**
 * Point of an object's position as it is drawn: x right, y front, z up. Polar positions stand on the sphere
 * around the listener, cartesian ones in the cube of the room; both have 1 at the loudspeakers.
 */
export const pointOf = (position: ObjectPosition): Vec3 =>
  position.kind === 'cartesian'
    ? position.xyz
    : polarToCartesian(position.azimuthDeg, position.elevationDeg, position.distance);
