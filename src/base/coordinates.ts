import { degToRad, radToDeg } from './units.ts';

/** ADM polar position: azimuth positive to the left, elevation up, distance 1 on the loudspeakers. */
export interface PolarPosition {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly distance: number;
}

/** ADM cartesian vector [x right, y front, z up]. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** ADM polar to the cartesian vector of the same point; (90, 0, 1) gives (-1, 0, 0). BS.2127-1 clause 2.3. */
export function polarToCartesian(azimuthDeg: number, elevationDeg: number, distance = 1): Vec3 {
  const azimuthRad = degToRad(azimuthDeg);
  const elevationRad = degToRad(elevationDeg);
  const cosElevation = Math.cos(elevationRad);
  return [
    -Math.sin(azimuthRad) * cosElevation * distance,
    Math.cos(azimuthRad) * cosElevation * distance,
    Math.sin(elevationRad) * distance,
  ];
}

/** Cartesian vector to ADM polar; the origin gives (0, 0, 0). Azimuth in (-180, 180]. */
export function cartesianToPolar([x, y, z]: Vec3): PolarPosition {
  const horizontal = Math.hypot(x, y);
  return {
    azimuthDeg: horizontal === 0 ? 0 : radToDeg(Math.atan2(-x, y)),
    elevationDeg: horizontal === 0 && z === 0 ? 0 : radToDeg(Math.atan2(z, horizontal)),
    distance: Math.hypot(x, y, z),
  };
}

/** ADM cartesian (x right, y front, z up) to the ambisonic and SOFA axes (x front, y left, z up). */
export const admToAmbisonic = ([x, y, z]: Vec3): Vec3 => [y, -x, z];

/** Ambisonic or SOFA axes (x front, y left, z up) to ADM cartesian (x right, y front, z up). */
export const ambisonicToAdm = ([x, y, z]: Vec3): Vec3 => [-y, x, z];

/** SOFA spherical azimuth (0..360, positive to the left) to ADM azimuth in (-180, 180]. */
export const sofaToAdmAzimuthDeg = (azimuthDeg: number): number => wrapAzimuthDeg(azimuthDeg);

/** Brings an azimuth into (-180, 180]. */
export function wrapAzimuthDeg(azimuthDeg: number): number {
  const wrapped = ((((azimuthDeg + 180) % 360) + 360) % 360) - 180;
  return wrapped === -180 ? 180 : wrapped;
}
