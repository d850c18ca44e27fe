import { polarToCartesian, type Vec3 } from '../base/coordinates.ts';
import { cubeToPolar } from '../base/cube-coordinates.ts';
import { add, dot, length, normalize, scale } from '../math/vec3.ts';
import type { ObjectPosition } from './scene.ts';

/** Below this angle from opposite directions there is no shortest way between them. */
const oppositeCosine = -0.9999;

/** Unit vector, ADM cartesian, of a position. Cartesian positions go through the conversion of BS.2127-1 clause 10. */
export function directionOf(position: ObjectPosition): Vec3 {
  const { azimuthDeg, elevationDeg } = position.kind === 'polar' ? position : cubeToPolar(position.xyz);
  return polarToCartesian(azimuthDeg, elevationDeg);
}

/**
 * Direction on the way from one position to another. Directions move along the great circle between polar positions and
 * along the straight line between cartesian ones; opposite polar directions have no shortest way and turn through their
 * azimuths, 90 to -90 by way of the front.
 * @param a direction of `from`
 * @param b direction of `to`
 * @param weight 0 (from) .. 1 (to)
 */
export function directionBetween(
  from: ObjectPosition,
  to: ObjectPosition,
  a: Vec3,
  b: Vec3,
  weight: number,
): Vec3 {
  if (from.kind === 'cartesian' && to.kind === 'cartesian') {
    const { azimuthDeg, elevationDeg } = cubeToPolar(add(scale(from.xyz, 1 - weight), scale(to.xyz, weight)));
    return polarToCartesian(azimuthDeg, elevationDeg);
  }
  const cosine = dot(a, b);
  if (cosine < oppositeCosine && from.kind === 'polar' && to.kind === 'polar')
    return polarToCartesian(
      from.azimuthDeg + (to.azimuthDeg - from.azimuthDeg) * weight,
      from.elevationDeg + (to.elevationDeg - from.elevationDeg) * weight,
    );
  const angle = Math.acos(Math.min(1, cosine));
  if (angle < 1e-6) return b;
  const mixed = add(scale(a, Math.sin((1 - weight) * angle)), scale(b, Math.sin(weight * angle)));
  return length(mixed) > 1e-6 ? normalize(mixed) : a;
}
