import { polarToCartesian, type Vec3 } from '../base/coordinates.ts';
import { radToDeg } from '../base/units.ts';
import type { SphereTriangulation } from '../math/sphere-triangulation.ts';

/** Where a direction lies in the triangulation of a set. */
export interface HrtfPlace {
  /** Directions of the set around it. */
  readonly indices: Int32Array;
  /** Their weights, not negative, sum 1. */
  readonly weights: Float64Array;
  /** The triangle: the next search begins there, unless it is -1. */
  triangle: number;
}

/** Makes an empty place. */
export const createHrtfPlace = (): HrtfPlace => ({
  indices: new Int32Array(3),
  weights: new Float64Array(3),
  triangle: -1,
});

/** The walk starts at the triangle that holds the middle of the direction's cell. */
const cellDeg = 10;
const columns = 360 / cellDeg;
const rows = 180 / cellDeg;

/** How far outside a triangle (as a weight) a direction may lie and still count as inside: rounding. */
const tolerance = 1e-7;

/** Inverses of the matrices whose columns are the corners of each triangle [triangle][3][3]. */
function cornerInverses(points: readonly Vec3[], vertices: Int32Array): Float64Array {
  const inverses = new Float64Array(vertices.length * 3);
  for (let t = 0; 3 * t < vertices.length; t++) {
    const [a, b, c] = [
      points[vertices[3 * t]!]!,
      points[vertices[3 * t + 1]!]!,
      points[vertices[3 * t + 2]!]!,
    ];
    const rowsOf = [
      [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]],
      [c[1] * a[2] - c[2] * a[1], c[2] * a[0] - c[0] * a[2], c[0] * a[1] - c[1] * a[0]],
      [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
    ];
    const determinant = a[0] * rowsOf[0]![0]! + a[1] * rowsOf[0]![1]! + a[2] * rowsOf[0]![2]!;
    for (let i = 0; i < 9; i++) inverses[9 * t + i] = rowsOf[Math.floor(i / 3)]![i % 3]! / determinant;
  }
  return inverses;
}

/**
 * Finds the triangle around a direction by walking from triangle to triangle towards it (Lawson 1977; the
 * walk ends on Delaunay triangulations), and its barycentric weights there.
 */
export function createTriangleFinder(
  points: readonly Vec3[],
  { vertices, neighbours }: SphereTriangulation,
): (direction: Vec3, place: HrtfPlace) => void {
  const inverses = cornerInverses(points, vertices);
  const longestWalk = vertices.length;
  const starts = new Int32Array(rows * columns);

  /** Weights of a direction in a triangle, not yet of sum 1; the corner whose weight is lowest, or -1 inside. */
  function weigh([x, y, z]: Vec3, triangle: number, weights: Float64Array): number {
    let lowest = 0;
    let sum = 0;
    for (let j = 0; j < 3; j++) {
      const at = 9 * triangle + 3 * j;
      const weight = inverses[at]! * x + inverses[at + 1]! * y + inverses[at + 2]! * z;
      weights[j] = weight;
      sum += weight;
      if (weight < weights[lowest]!) lowest = j;
    }
    return weights[lowest]! >= -tolerance * Math.abs(sum) ? -1 : lowest;
  }

  function settle({ weights, indices, triangle }: HrtfPlace): void {
    let sum = 0;
    for (let j = 0; j < 3; j++) {
      weights[j] = Math.max(0, weights[j]!);
      sum += weights[j]!;
      indices[j] = vertices[3 * triangle + j]!;
    }
    for (let j = 0; j < 3; j++) weights[j]! /= sum;
  }

  function find(direction: Vec3, place: HrtfPlace, start: number): void {
    place.triangle = start;
    for (let step = 0; step < longestWalk; step++) {
      const lowest = weigh(direction, place.triangle, place.weights);
      if (lowest < 0) break;
      place.triangle = neighbours[3 * place.triangle + lowest]!;
    }
    settle(place);
  }

  const place = createHrtfPlace();
  let start = 0;
  for (let cell = 0; cell < starts.length; cell++) {
    const azimuthDeg = ((cell % columns) + 0.5) * cellDeg - 180;
    const elevationDeg = (Math.floor(cell / columns) + 0.5) * cellDeg - 90;
    find(polarToCartesian(azimuthDeg, elevationDeg), place, start);
    start = place.triangle;
    starts[cell] = start;
  }
  return (direction, output) => {
    const [x, y, z] = direction;
    // What moves mostly stays in its triangle.
    if (output.triangle >= 0 && weigh(direction, output.triangle, output.weights) < 0) {
      settle(output);
      return;
    }
    const azimuthDeg = radToDeg(Math.atan2(-x, y));
    const elevationDeg = radToDeg(Math.atan2(z, Math.hypot(x, y)));
    const column = Math.min(columns - 1, Math.floor((azimuthDeg + 180) / cellDeg));
    const row = Math.min(rows - 1, Math.floor((elevationDeg + 90) / cellDeg));
    find(direction, output, starts[row * columns + column]!);
  };
}
