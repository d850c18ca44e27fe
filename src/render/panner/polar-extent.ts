import type { Vec3 } from '../../base/coordinates.ts';
import { degToRad, radToDeg } from '../../base/units.ts';
import { add, length, scale } from '../../math/vec3.ts';
import { interpolate, localAxes } from './angles.ts';
import { createExtentGrid, type ExtentGrid } from './extent-grid.ts';
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
const fadeDeg = 10;
const fadeRad = degToRad(fadeDeg);

/** Cosine of elevations that count as poles: within 1e-5 degrees. */
const poleCosine = degToRad(1e-5);

/** Distances that differ from 1 by less are 1. */
const sphereTolerance = 1e-12;

/**
 * Spreads a source over a grid of point sources within its extent. BS.2127-1 clause 7.3.8.2.
 * @param loudspeakerCount LFEs included
 */
export function createPolarExtentPanner(
  pointSource: PointSourcePanner,
  loudspeakerCount: number,
): PolarExtentPanner {
  const grid = createExtentGrid(pointSource, loudspeakerCount);
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
      sumGrid(grid, shape, spread);
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

/**
 * Outline of a source: a band along the equator of its own axes with a half circle at either end. Angles in
 * radians; cosines and sines of the borders, so that most points need no inverse functions.
 */
interface Shape {
  readonly right: Vec3;
  readonly front: Vec3;
  readonly up: Vec3;
  /** Radius of the half circles and half the height of the band. */
  readonly radius: number;
  /** Angle from the front to the centres of the half circles. */
  readonly end: number;
  readonly cosEnd: number;
  /** Borders of full and of no weight, as heights above the band and as nearness to the centres. */
  readonly sinInner: number;
  readonly sinOuter: number;
  readonly cosInner: number;
  readonly cosOuter: number;
  readonly firstCentre: Vec3;
  readonly secondCentre: Vec3;
}

function createShape(position: Vec3, widthDeg: number, heightDeg: number): Shape {
  const [x, y, z] = sourceAxes(position);
  const isTall = heightDeg > widthDeg;
  const [right, front, up] = isTall ? [z, y, x] : [x, y, z];
  const halfWidth = degToRad(isTall ? heightDeg : widthDeg) / 2;
  const radius = degToRad(isTall ? widthDeg : heightDeg) / 2;
  // The ends meet behind the listener only if the band reaches further by its own radius.
  const stretched = interpolate(halfWidth, [0, Math.PI / 2, Math.PI], [0, Math.PI / 2, Math.PI + radius]);
  const reach = interpolate(radius, [0, Math.PI / 4, Math.PI / 2], [stretched, stretched, halfWidth]);
  const end = reach - radius;
  const outer = radius + fadeRad;
  const towards = scale(front, Math.cos(end));
  return {
    right,
    front,
    up,
    radius,
    end,
    cosEnd: end >= Math.PI ? -Infinity : Math.cos(end),
    sinInner: radius >= Math.PI / 2 ? Infinity : Math.sin(radius),
    sinOuter: outer >= Math.PI / 2 ? Infinity : Math.sin(outer),
    cosInner: Math.cos(Math.min(radius, Math.PI)),
    cosOuter: outer >= Math.PI ? -Infinity : Math.cos(outer),
    firstCentre: add(towards, scale(right, -Math.sin(end))),
    secondCentre: add(towards, scale(right, Math.sin(end))),
  };
}

/** Axes [right, front, up] of a listener who faces a position; at the poles every azimuth is the same, and 0 is taken. */
function sourceAxes(position: Vec3): readonly [Vec3, Vec3, Vec3] {
  const distance = length(position);
  if (distance < 1e-10) return localAxes(0, 0);
  const horizontal = Math.hypot(position[0], position[1]);
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

/**
 * Sums the gains of the grid's points, weighted 1 inside the shape and fading to 0 around it. Points that are too far
 * from the front of the shape to have a weight are left out row by row.
 */
function sumGrid(grid: ExtentGrid, shape: Shape, sum: Float64Array): void {
  const { front, end, radius } = shape;
  const reach = end + radius + fadeRad;
  const cosReach = reach >= Math.PI ? -Infinity : Math.cos(reach) - 1e-9;
  const frontAzimuth = Math.atan2(-front[0], front[1]);
  const frontHorizontal = Math.hypot(front[0], front[1]);
  sum.fill(0);
  for (const row of grid.rows) {
    const { firstPoint, pointCount } = row;
    const level = cosReach - row.z * front[2];
    const scope = row.radius * frontHorizontal;
    if (level > scope) continue;
    if (level <= -scope) {
      addPoints(grid, shape, firstPoint, firstPoint + pointCount, sum);
      continue;
    }
    const spacing = (2 * Math.PI) / pointCount;
    const halfWidth = Math.acos(level / scope);
    const from = Math.ceil((frontAzimuth - halfWidth) / spacing);
    const to = Math.min(from + pointCount, Math.floor((frontAzimuth + halfWidth) / spacing) + 1);
    // Indices count on past a full turn; the row is one turn.
    const start = ((from % pointCount) + pointCount) % pointCount;
    const stop = start + to - from;
    addPoints(grid, shape, firstPoint + start, firstPoint + Math.min(stop, pointCount), sum);
    if (stop > pointCount) addPoints(grid, shape, firstPoint, firstPoint + stop - pointCount, sum);
  }
}

/** Adds the weighted gains of the points [from, to). */
function addPoints(grid: ExtentGrid, shape: Shape, from: number, to: number, sum: Float64Array): void {
  const { right, front, up, radius, cosEnd, sinInner, sinOuter, cosInner, cosOuter } = shape;
  const { firstCentre, secondCentre } = shape;
  const { points, gainStarts, gains, loudspeakers } = grid;
  for (let n = from; n < to; n++) {
    const x = points[3 * n]!;
    const y = points[3 * n + 1]!;
    const z = points[3 * n + 2]!;
    const alongRight = x * right[0] + y * right[1] + z * right[2];
    const alongFront = x * front[0] + y * front[1] + z * front[2];
    let weight: number;
    if (alongFront >= cosEnd * Math.sqrt(alongRight * alongRight + alongFront * alongFront)) {
      const height = Math.abs(x * up[0] + y * up[1] + z * up[2]);
      if (height >= sinOuter) continue;
      weight = height <= sinInner ? 1 : 1 - (Math.asin(Math.min(1, height)) - radius) / fadeRad;
    } else {
      const nearness = Math.max(
        x * firstCentre[0] + y * firstCentre[1] + z * firstCentre[2],
        x * secondCentre[0] + y * secondCentre[1] + z * secondCentre[2],
      );
      if (nearness <= cosOuter) continue;
      weight = nearness >= cosInner ? 1 : 1 - (Math.acos(Math.max(-1, nearness)) - radius) / fadeRad;
    }
    if (weight > 1) weight = 1;
    const gainEnd = gainStarts[n + 1]!;
    for (let i = gainStarts[n]!; i < gainEnd; i++) sum[loudspeakers[i]!]! += weight * gains[i]!;
  }
}
