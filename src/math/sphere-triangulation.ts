import type { Vec3 } from '../base/coordinates.ts';

/** A triangulated set of points on the unit sphere. */
export interface SphereTriangulation {
  /** Points of each triangle [triangle][3], anticlockwise from outside. */
  readonly vertices: Int32Array;
  /** Triangle on the other side of the edge opposite to each point [triangle][3]. */
  readonly neighbours: Int32Array;
}

interface Facet {
  readonly points: readonly [number, number, number];
  readonly normal: Vec3;
  readonly offset: number;
}

const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/**
 * Moves each point by about 1e-7: measured grids are full of points on one plane, where rounding would make
 * the hull contradict itself. The shift depends on the index alone, so the result is always the same.
 */
function perturb(points: readonly Vec3[]): Vec3[] {
  const jitter = (index: number): number => ((Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32 - 0.5) * 2e-7;
  return points.map(([x, y, z], i) => [x + jitter(3 * i), y + jitter(3 * i + 1), z + jitter(3 * i + 2)]);
}

/** Four points that span a volume: indices, or undefined when all points lie in one plane. */
function findTetrahedron(points: readonly Vec3[]): [number, number, number, number] | undefined {
  const [a] = points;
  if (!a) return undefined;
  const farthest = (measure: (p: Vec3) => number): number =>
    points.reduce((best, p, i) => (measure(p) > measure(points[best]!) ? i : best), 0);
  const b = farthest((p) => dot(subtract(p, a), subtract(p, a)));
  const ab = subtract(points[b]!, a);
  const c = farthest((p) => Math.hypot(...cross(ab, subtract(p, a))));
  const normal = cross(ab, subtract(points[c]!, a));
  const d = farthest((p) => Math.abs(dot(normal, subtract(p, a))));
  return Math.abs(dot(normal, subtract(points[d]!, a))) < 1e-6 ? undefined : [0, b, c, d];
}

/** Convex hull by adding one point after another (Preparata and Shamos 1985): the facets it ends with. */
function convexHull(points: readonly Vec3[]): Facet[] {
  const first = findTetrahedron(points);
  if (!first) return [];
  const facet = (a: number, b: number, c: number): Facet => {
    const normal = cross(subtract(points[b]!, points[a]!), subtract(points[c]!, points[a]!));
    const length = Math.hypot(...normal);
    const unit: Vec3 = [normal[0] / length, normal[1] / length, normal[2] / length];
    return { points: [a, b, c], normal: unit, offset: dot(unit, points[a]!) };
  };
  const outward = (a: number, b: number, c: number, inside: number): Facet => {
    const candidate = facet(a, b, c);
    return dot(candidate.normal, points[inside]!) > candidate.offset ? facet(a, c, b) : candidate;
  };
  const [a, b, c, d] = first;
  let facets = [outward(a, b, c, d), outward(a, b, d, c), outward(a, c, d, b), outward(b, c, d, a)];
  for (let p = 0; p < points.length; p++) {
    if (first.includes(p)) continue;
    const point = points[p]!;
    const visible = facets.filter((f) => dot(f.normal, point) > f.offset);
    if (visible.length === 0) continue;
    const edges = new Set<number>();
    for (const { points: q } of visible)
      for (let e = 0; e < 3; e++) edges.add(q[e]! * points.length + q[(e + 1) % 3]!);
    facets = facets.filter((f) => dot(f.normal, point) <= f.offset);
    for (const edge of edges) {
      const from = Math.floor(edge / points.length);
      const to = edge % points.length;
      if (!edges.has(to * points.length + from)) facets.push(facet(from, to, p));
    }
  }
  return facets;
}

/**
 * Delaunay triangulation of points on the unit sphere: the facets of their convex hull (Brown 1979).
 * @param points unit vectors, all different
 * @returns undefined unless the triangles enclose the origin, that is, unless every direction lies in one
 */
export function triangulateSphere(points: readonly Vec3[]): SphereTriangulation | undefined {
  const facets = convexHull(perturb(points));
  if (facets.length < 4 || facets.some((f) => f.offset < 1e-6)) return undefined;
  const vertices = Int32Array.from(facets.flatMap((f) => f.points));
  const neighbours = new Int32Array(vertices.length);
  const owners = new Map<number, number>();
  const key = (from: number, to: number): number => from * points.length + to;
  for (let t = 0; t < facets.length; t++)
    for (let e = 0; e < 3; e++)
      owners.set(key(vertices[3 * t + ((e + 1) % 3)]!, vertices[3 * t + ((e + 2) % 3)]!), t);
  for (let t = 0; t < facets.length; t++)
    for (let e = 0; e < 3; e++)
      neighbours[3 * t + e] = owners.get(
        key(vertices[3 * t + ((e + 2) % 3)]!, vertices[3 * t + ((e + 1) % 3)]!),
      )!;
  return { vertices, neighbours };
}
