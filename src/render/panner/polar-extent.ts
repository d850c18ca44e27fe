import type { Vec3 } from '../../base/coordinates.ts';
import { degToRad, radToDeg } from '../../base/units.ts';
import { extentFadeRad } from '../../kernels/extent-ranges.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { ExtentShape } from '../../kernels/interfaces/extent.ts';
import { createExtent } from '../../kernels/scalar/extent.ts';
import { length } from '../../math/vec3.ts';
import { interpolate, localAxes } from '../../base/angles.ts';
import { createExtentGrid } from './extent-grid.ts';
import type { PointSourcePanner } from './point-source.ts';

/** Gains of sources with a size. */
export interface PolarExtentPanner {
  /**
   * Writes the gains, of power 1 (less where the point-source panner gives less), for a source at a position.
   * @param widthDeg and heightDeg 0..360; @param depth 0..1
   * @param gains [loudspeaker], overwritten
   */
  pan(position: Vec3, widthDeg: number, heightDeg: number, depth: number, gains: Float64Array): void;
}

/** Angle over which the edge of a source fades; smaller sources are interpolated from the point source. */
const fadeDeg = radToDeg(extentFadeRad);

/** Cosine of elevations that count as poles: within 1e-5 degrees. */
const poleCosine = degToRad(1e-5);

/** Distances that differ from 1 by less are 1. */
const sphereTolerance = 1e-12;

/**
 * Spreads a source over a grid of point sources within its extent. BS.2127-1 clause 7.3.8.2.
 * @param loudspeakerCount LFEs included
 * @param kernels default: the scalar ones
 */
export function createPolarExtentPanner(
  pointSource: PointSourcePanner,
  loudspeakerCount: number,
  kernels: Pick<Kernels, 'createExtent'> = { createExtent },
): PolarExtentPanner {
  const grid = createExtentGrid(pointSource, loudspeakerCount);
  const kernel = kernels.createExtent(grid, loudspeakerCount);
  const spread = new Float64Array(loudspeakerCount);
  const point = new Float64Array(loudspeakerCount);

  /** Adds `share` of the power of a source of one size at one distance to `powers`. */
  const addPower = (
    position: Vec3,
    widthDeg: number,
    heightDeg: number,
    share: number,
    powers: Float64Array,
  ): void => {
    const spreadShare = Math.min(1, Math.max(widthDeg, heightDeg) / fadeDeg);
    if (1 - spreadShare > 1e-10) {
      pointSource.pan(position, point);
      for (let i = 0; i < powers.length; i++) powers[i]! += share * (1 - spreadShare) * point[i]! ** 2;
    }
    if (spreadShare > 1e-10) {
      const shape = createShape(position, Math.max(widthDeg, fadeDeg / 2), Math.max(heightDeg, fadeDeg / 2));
      kernel.sum(shape, spread);
      let power = 0;
      for (let i = 0; i < spread.length; i++) power += spread[i]! ** 2;
      for (let i = 0; i < powers.length; i++) powers[i]! += (share * spreadShare * spread[i]! ** 2) / power;
    }
  };

  return {
    pan(position, widthDeg, heightDeg, depth, gains) {
      const distance = length(position);
      // Most sources are points on the sphere, where the rest would leave nothing but the point.
      if (widthDeg === 0 && heightDeg === 0 && depth === 0 && distance > 1 - sphereTolerance) {
        pointSource.pan(position, gains);
        return;
      }
      gains.fill(0);
      // A source with depth is the mean power of its near and its far end.
      const distances = depth === 0 ? [distance] : [distance + depth / 2, Math.max(0, distance - depth / 2)];
      for (const end of distances) {
        const share = 1 / distances.length;
        addPower(position, extentAtDistance(widthDeg, end), extentAtDistance(heightDeg, end), share, gains);
      }
      for (let i = 0; i < gains.length; i++) gains[i] = Math.sqrt(gains[i]!);
    },
  };
}

/**
 * Extent in degrees as it looks from a distance: unchanged at 1, 360 at 0, smaller beyond 1. BS.2127-1 clause
 * 7.3.8.2.1.
 */
export function extentAtDistance(extentDeg: number, distance: number): number {
  if (Math.abs(distance - 1) < sphereTolerance) return extentDeg;
  const size = interpolate(extentDeg, [0, 360], [0.2, 1]);
  const angleOf = (at: number): number => 4 * radToDeg(Math.atan2(size, at));
  return interpolate(angleOf(distance), [0, angleOf(1), 360], [0, extentDeg, 360]);
}

function createShape(position: Vec3, widthDeg: number, heightDeg: number): ExtentShape {
  const [x, y, z] = sourceAxes(position);
  const isTall = heightDeg > widthDeg;
  const [right, front, up] = isTall ? [z, y, x] : [x, y, z];
  const halfWidth = degToRad(isTall ? heightDeg : widthDeg) / 2;
  const radius = degToRad(isTall ? widthDeg : heightDeg) / 2;
  // The ends meet behind the listener only if the band reaches further by its own radius.
  const beyondSide = Math.max(0, halfWidth / (Math.PI / 2) - 1);
  const flatness = Math.min(1, Math.max(0, 2 - radius / (Math.PI / 4)));
  const reach = halfWidth + beyondSide * radius * flatness;
  return { right, front, up, radiusRad: radius, endRad: reach - radius };
}

/** Axes [right, front, up] of a listener who faces a position; at the poles every azimuth is the same, and 0 is taken. */
function sourceAxes(position: Vec3): readonly [Vec3, Vec3, Vec3] {
  const distance = length(position);
  if (distance < 1e-10) return localAxes(0, 0);
  const horizontal = Math.sqrt(position[0] * position[0] + position[1] * position[1]);
  const sinElevation = position[2] / distance;
  const cosElevation = horizontal / distance;
  const isAtPole = cosElevation < poleCosine;
  const x = isAtPole ? 0 : position[0] / horizontal;
  const y = isAtPole ? 1 : position[1] / horizontal;
  return [
    [y, -x, 0],
    [x * cosElevation, y * cosElevation, sinElevation],
    [-x * sinElevation, -y * sinElevation, cosElevation],
  ];
}
