import type { Vec3 } from '../../base/coordinates.ts';
import { interpolate } from '../../base/angles.ts';
import { balanceGain, panInCube, type CubeNeighbours } from './cube-panner.ts';

/** Grid of point sources along x and y; z has half of it where there are fewer than three planes. */
const gridSize = 40;

/** Weights below 10^-6.5 (-130 dB) count as nothing. */
const lowestExponent = 6.5;
const lowestWeight = 10 ** -lowestExponent;

/** Effective size below which the point source shines through. */
const fadeSize = 0.2;

/** The grid along one axis, and what each loudspeaker takes of each of its points. */
interface Axis {
  readonly grid: readonly number[];
  /** [loudspeaker][point] */
  readonly gains: readonly (readonly number[])[];
}

/** Gains of sources with a size in the cube. BS.2127-1 clause 7.3.8.3 (allocentric extent). */
export interface CubeExtentPanner {
  /**
   * @param position in the cube, -1..1
   * @param size along x, y and z, 0..1, not all 0
   * @returns [loudspeaker], power 1
   */
  pan(position: Vec3, size: Vec3): Float64Array;
}

/** @param neighbours of the loudspeakers in use, see `findNeighbours` */
export function createCubeExtentPanner(neighbours: readonly CubeNeighbours[]): CubeExtentPanner {
  const planeCount = new Set(neighbours.map(({ position }) => position[2])).size;
  const hasFloor = planeCount >= 3;
  const axes = [
    createAxis(neighbours, 0, -1, gridSize),
    createAxis(neighbours, 1, -1, gridSize),
    createAxis(neighbours, 2, hasFloor ? -1 : 0, hasFloor ? gridSize : gridSize / 2),
  ] as const;
  const spannedAxes = [0, 1, 2].filter((axis) =>
    neighbours.some(({ position }) => position[axis] !== neighbours[0]!.position[axis]),
  ).length;
  // A single loudspeaker spans none; the rule for three serves it.
  const dimensions = spannedAxes === 0 ? 3 : spannedAxes;

  return {
    pan(position, size) {
      const centre: Vec3 = hasFloor ? position : [position[0], position[1], Math.max(0, position[2])];
      const sizes = axes.map(({ grid }, axis) =>
        Math.max(scaledSize(size[axis]!), 2 / (grid.length - 1)),
      ) as unknown as Vec3;
      const effective = effectiveSize(neighbours, sizes);
      const exponent = effective <= 0.5 ? 6 : 6 - (4 * (effective - 0.5)) / (2.8 - 0.5);
      const [x, y, z] = axes.map((axis, index) =>
        sumAxis(axis, axisWeights(axis.grid, centre, sizes, index), exponent),
      ) as [AxisSums, AxisSums, AxisSums];
      const inside = normalized(Float64Array.from(x.all, (all, i) => all * y.all[i]! * z.all[i]!));
      const share = insideShare(dimensions, sizes, centre);
      const spread = normalized(
        inside.map((value, i) => {
          const walls =
            x.ends[i]! * y.all[i]! * z.all[i]! +
            x.all[i]! * y.ends[i]! * z.all[i]! +
            x.all[i]! * y.all[i]! * z.ends[i]!;
          return (walls + share * value) ** (1 / exponent);
        }),
      );
      if (effective >= fadeSize) return spread;
      const point = panInCube(neighbours, centre);
      const fade = (effective * Math.PI) / (2 * fadeSize);
      return normalized(spread.map((value, i) => Math.cos(fade) * point[i]! + Math.sin(fade) * value));
    },
  };
}

function createAxis(
  neighbours: readonly CubeNeighbours[],
  axis: 0 | 1 | 2,
  from: number,
  count: number,
): Axis {
  const grid = Array.from({ length: count }, (_, n) =>
    n === count - 1 ? 1 : from + ((1 - from) * n) / (count - 1),
  );
  const gains = neighbours.map(({ position, axes }) =>
    grid.map((value) => balanceGain(position[axis], axes[axis], value)),
  );
  return { grid, gains };
}

const scaledSize = (size: number): number =>
  interpolate(Math.min(size, 1), [0, 0.2, 0.5, 0.75, 1], [0, 0.3, 1, 1.8, 2.8]);

/** One size for all axes; axes along which no loudspeakers differ do not count. */
function effectiveSize(neighbours: readonly CubeNeighbours[], [x, y, z]: Vec3): number {
  const first = neighbours[0]!.position;
  const isFlat = neighbours.every(({ position }) => position[2] === first[2]);
  if (isFlat && neighbours.every(({ position }) => position[1] === first[1])) return x;
  if (isFlat) return 0.75 * Math.max(x, y) + 0.25 * Math.min(x, y);
  const [small, middle, large] = [x, y, z].sort((a, b) => a - b) as [number, number, number];
  return (6 * large + 2 * middle + small) / 9;
}

/** Bell around the centre along one axis; high points weigh less. */
function axisWeights(grid: readonly number[], centre: Vec3, sizes: Vec3, axis: number): number[] {
  const spread = axis === 2 ? sizes[2] : 2 * sizes[axis]!;
  return grid.map((value) => {
    const offset = (1.5 * (value - centre[axis]!)) / spread;
    const weight = 10 ** -Math.min(offset ** 4, lowestExponent);
    return axis === 2 ? weight * Math.cos((value * Math.PI * 3) / 7) : weight;
  });
}

/** Sums over an axis [loudspeaker]: of all points, and of its two end points (walls). */
interface AxisSums {
  readonly all: readonly number[];
  readonly ends: readonly number[];
}

function sumAxis({ gains }: Axis, weights: readonly number[], exponent: number): AxisSums {
  const last = weights.length - 1;
  const term = (row: readonly number[], n: number): number => (row[n]! * weights[n]!) ** exponent;
  return {
    all: gains.map((row) => {
      const sum = row.reduce((total, gain, n) => (gain === 0 ? total : total + term(row, n)), 0);
      return sum < lowestWeight ? 0 : sum;
    }),
    ends: gains.map((row) => term(row, 0) + term(row, last)),
  };
}

/** How much of a source lies inside of the room and not on its walls. */
function insideShare(dimensions: number, sizes: Vec3, centre: Vec3): number {
  const used = centre.slice(0, dimensions);
  const toWall = Math.min(...used.map((value) => Math.min(value + 1, 1 - value)));
  const parts = sizes.slice(0, dimensions).map((size) => insidePart(size, toWall));
  return parts.reduce((product, part) => product * part, 1) ** (3 / dimensions);
}

function insidePart(size: number, toWall: number): number {
  if (toWall >= 2 * size && toWall >= 0.4) {
    return Math.cbrt(Math.max(2 * size, 0.4) ** 3 / (0.16 * 2 * size));
  }
  return Math.cbrt((toWall / 2) * (toWall / 0.4) ** 2);
}

function normalized(gains: Float64Array): Float64Array {
  const norm = Math.sqrt(gains.reduce((sum, gain) => sum + gain * gain, 0));
  return norm > 1e-16 ? gains.map((gain) => gain / norm) : new Float64Array(gains.length);
}
