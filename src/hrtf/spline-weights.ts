import type { Vec3 } from '../base/coordinates.ts';
import { degToRad } from '../base/units.ts';
import { solveInPlace } from '../math/linear-algebra.ts';
import { dot } from '../math/vec3.ts';

/** Directions of a set around another direction, and what each counts for there. */
export interface SplineStencil {
  /** How many there are; the arrays may be longer. */
  count: number;
  readonly indices: Int32Array;
  /** Sum 1; those farther away may be negative. */
  readonly weights: Float64Array;
}

/** More directions than this change nothing. */
const mostDirections = 24;

/** Of directions closer than this the nearer one speaks for both: a spline would run on along their difference. */
const leastApart = degToRad(0.25);

/** A constant and two slopes: the plane that a spline leaves unbent. */
const planeTerms = 3;

/** Makes an empty stencil. */
export const createSplineStencil = (): SplineStencil => ({
  count: 0,
  indices: new Int32Array(mostDirections),
  weights: new Float64Array(mostDirections),
});

/**
 * Thin-plate splines (Duchon 1977) through the directions around a triangle: its corners and all that share an edge
 * with one of them. Splines follow HRTFs between their directions more closely than straight lines do (Carlile, Jin
 * and van Raad 2000), and those around a triangle follow them as well as splines over the whole sphere.
 * @param points unit vectors
 * @param triangles their triangulation [triangle][3]
 * @returns fills a stencil for a unit vector in a triangle; allocates nothing
 */
export function createSplineWeights(
  points: readonly Vec3[],
  triangles: Int32Array,
): (direction: Vec3, triangle: number, stencil: SplineStencil) => void {
  const { starts, members } = vicinities(points.length, triangles);
  /** Squared distances of a stencil's directions. */
  const squares = new Float64Array(mostDirections);
  const largest = mostDirections + planeTerms;
  const matrix = new Float64Array(largest * largest);
  const right = new Float64Array(largest);

  /** Puts a direction in its place among those found, nearest first. */
  function insert(index: number, square: number, stencil: SplineStencil): void {
    const { indices, count } = stencil;
    for (let i = 0; i < count; i++) if (indices[i] === index) return;
    if (count === mostDirections && square >= squares[count - 1]!) return;
    let at = count < mostDirections ? stencil.count++ : count - 1;
    for (; at > 0 && squares[at - 1]! > square; at--) {
      squares[at] = squares[at - 1]!;
      indices[at] = indices[at - 1]!;
    }
    squares[at] = square;
    indices[at] = index;
  }

  /** Leaves out directions that lie too close to a nearer one. */
  function thin(stencil: SplineStencil): void {
    const { indices, count } = stencil;
    stencil.count = 0;
    for (let i = 0; i < count; i++) {
      let isApart = true;
      for (let j = 0; j < stencil.count && isApart; j++)
        isApart = squareBetween(points[indices[i]!]!, points[indices[j]!]!) > leastApart ** 2;
      if (!isApart) continue;
      squares[stencil.count] = squares[i]!;
      indices[stencil.count++] = indices[i]!;
    }
  }

  /** The weights are the solution of the spline's own equations: they are symmetric. */
  function solve([x, y, z]: Vec3, { indices, weights, count }: SplineStencil): void {
    const size = count + planeTerms;
    matrix.fill(0, 0, size * size);
    // Two axes of the plane that touches the sphere there.
    const isFlat = Math.abs(z) < 0.9;
    const [a, b, c] = isFlat ? [-y, x, 0] : [0, -z, y];
    const [d, e, f] = [y * c - z * b, z * a - x * c, x * b - y * a];
    for (let i = 0; i < count; i++) {
      const point = points[indices[i]!]!;
      for (let j = 0; j < i; j++) {
        const value = bending(squareBetween(point, points[indices[j]!]!));
        matrix[i * size + j] = value;
        matrix[j * size + i] = value;
      }
      const slopes = [
        1,
        a * point[0] + b * point[1] + c * point[2],
        d * point[0] + e * point[1] + f * point[2],
      ];
      for (let term = 0; term < planeTerms; term++) {
        matrix[i * size + count + term] = slopes[term]!;
        matrix[(count + term) * size + i] = slopes[term]!;
      }
      right[i] = bending(squares[i]!);
    }
    right[count] = 1;
    right[count + 1] = 0;
    right[count + 2] = 0;
    solveInPlace(matrix, right, size);
    for (let i = 0; i < count; i++) weights[i] = right[i]!;
  }

  return (direction, triangle, stencil) => {
    stencil.count = 0;
    for (let corner = 0; corner < 3; corner++) {
      const at = triangles[3 * triangle + corner]!;
      for (let i = starts[at]!; i < starts[at + 1]!; i++)
        insert(members[i]!, squareBetween(direction, points[members[i]!]!), stencil);
    }
    thin(stencil);
    solve(direction, stencil);
  };
}

const squareBetween = (a: Vec3, b: Vec3): number => 2 - 2 * dot(a, b);

/** Fundamental solution of the bending of a plate, at a squared distance. */
const bending = (square: number): number => (square > 0 ? square * Math.log(square) : 0);

/** Each point and those that share an edge with it: members[starts[point] .. starts[point + 1] - 1]. */
function vicinities(pointCount: number, triangles: Int32Array): { starts: Int32Array; members: Int32Array } {
  const lists = Array.from({ length: pointCount }, (_, point) => [point]);
  // Triangles run in one sense: each edge is met once from either side.
  for (let i = 0; i < triangles.length; i++)
    lists[triangles[i]!]!.push(triangles[i - (i % 3) + ((i + 1) % 3)]!);
  const starts = new Int32Array(pointCount + 1);
  lists.forEach((list, point) => (starts[point + 1] = starts[point]! + list.length));
  return { starts, members: Int32Array.from(lists.flat()) };
}
