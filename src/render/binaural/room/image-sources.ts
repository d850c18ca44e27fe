import type { Vec3 } from '../../../base/coordinates.ts';
import { soundSpeedMetresPerSec } from '../../../hrtf/rigid-sphere.ts';
import { add, dot, length, normalize, scale } from '../../../math/vec3.ts';
import { roomModes, walls, type RoomMode } from './room-modes.ts';

/** A mirror image of a source in a wall, against the source itself. */
export interface ImageSource {
  readonly direction: Vec3;
  /** How much later it is heard. */
  readonly delaySec: number;
  /** Linear. */
  readonly gain: number;
}

/** No source comes nearer to a wall than this share of the way there. */
const farthestShare = 0.75;

/** The images of first order of a source in the walls (Allen and Berkley 1979). @param direction unit vector */
export function imageSources(direction: Vec3, mode: RoomMode): ImageSource[] {
  const inside = walls.reduce((least, { normal, distanceMetres }) => {
    const towards = dot(direction, normal);
    return towards > 0 ? Math.min(least, (farthestShare * distanceMetres) / towards) : least;
  }, Infinity);
  const ownMetres = Math.min(roomModes[mode].distanceMetres, inside);
  const source = scale(direction, ownMetres);
  return walls.map(({ normal, distanceMetres, reflection }) => {
    const image = add(source, scale(normal, 2 * (distanceMetres - dot(source, normal))));
    const imageMetres = length(image);
    return {
      direction: normalize(image),
      delaySec: (imageMetres - ownMetres) / soundSpeedMetresPerSec,
      gain: (reflection * ownMetres) / imageMetres,
    };
  });
}
