import { cartesianToPolar, polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { degToRad, radToDeg } from '../../base/units.ts';
import { add, length, scale } from '../../math/vec3.ts';
import { interpolate, localAxes } from './angles.ts';
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

/** Rows of the grid of point sources, 5 degrees apart. */
const gridRows = 37;

/**
 * Spreads a source over a grid of point sources within its extent. BS.2127-1 clause 7.3.8.2.
 * @param loudspeakerCount LFEs included
 */
export function createPolarExtentPanner(
  pointSource: PointSourcePanner,
  loudspeakerCount: number,
): PolarExtentPanner {
  const grid = createGrid(gridRows);
  const gridGains = panGrid(grid, pointSource, loudspeakerCount);
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
      sumGrid(grid, gridGains, shape, spread);
      let power = 0;
      for (let i = 0; i < spread.length; i++) power += spread[i]! ** 2;
      for (let i = 0; i < powers.length; i++) powers[i]! += (share * spreadShare * spread[i]! ** 2) / power;
    }
  };

  return {
    pan(position, widthDeg, heightDeg, depth, gains) {
      const distance = length(position);
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
  const size = interpolate(extentDeg, [0, 360], [0.2, 1]);
  const angleOf = (at: number): number => 4 * radToDeg(Math.atan2(size, at));
  return interpolate(angleOf(distance), [0, angleOf(1), 360], [0, extentDeg, 360]);
}

/** Unit vectors in rows of equal elevation, as evenly spread as rows allow: flat [point][xyz]. */
function createGrid(rows: number): Float64Array {
  const points: number[] = [];
  for (let row = 0; row < rows; row++) {
    const elevationDeg = -90 + (180 * row) / (rows - 1);
    const count = Math.max(1, Math.round(Math.cos(degToRad(elevationDeg)) * 2 * (rows - 1)));
    for (let n = 0; n < count; n++) points.push(...polarToCartesian((360 * n) / count, elevationDeg));
  }
  return Float64Array.from(points);
}

function panGrid(grid: Float64Array, pointSource: PointSourcePanner, loudspeakerCount: number): Float64Array {
  const pointCount = grid.length / 3;
  const table = new Float64Array(pointCount * loudspeakerCount);
  for (let n = 0; n < pointCount; n++) {
    const row = table.subarray(n * loudspeakerCount, (n + 1) * loudspeakerCount);
    pointSource.pan([grid[3 * n]!, grid[3 * n + 1]!, grid[3 * n + 2]!], row);
  }
  return table;
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
  readonly cosEnd: number;
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
  const towards = scale(front, Math.cos(end));
  return {
    right,
    front,
    up,
    radius,
    cosEnd: end >= Math.PI ? -Infinity : Math.cos(end),
    firstCentre: add(towards, scale(right, -Math.sin(end))),
    secondCentre: add(towards, scale(right, Math.sin(end))),
  };
}

function sourceAxes(position: Vec3): readonly [Vec3, Vec3, Vec3] {
  if (length(position) < 1e-10) return localAxes(0, 0);
  const { azimuthDeg, elevationDeg } = cartesianToPolar(position);
  // At the poles every azimuth is the same.
  return localAxes(Math.abs(elevationDeg) > 90 - 1e-5 ? 0 : azimuthDeg, elevationDeg);
}

/** Sums the gains of the grid's points, weighted 1 inside the shape and fading to 0 around it. */
function sumGrid(grid: Float64Array, gridGains: Float64Array, shape: Shape, sum: Float64Array): void {
  const { right, front, up, radius, cosEnd, firstCentre, secondCentre } = shape;
  const count = sum.length;
  const outer = radius + fadeRad;
  const sinInner = radius >= Math.PI / 2 ? Infinity : Math.sin(radius);
  const sinOuter = outer >= Math.PI / 2 ? Infinity : Math.sin(outer);
  const cosInner = Math.cos(Math.min(radius, Math.PI));
  const cosOuter = outer >= Math.PI ? -Infinity : Math.cos(outer);
  sum.fill(0);
  for (let n = 0, at = 0; n < grid.length; n += 3, at += count) {
    const x = grid[n]!;
    const y = grid[n + 1]!;
    const z = grid[n + 2]!;
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
    for (let i = 0; i < count; i++) sum[i]! += weight * gridGains[at + i]!;
  }
}
