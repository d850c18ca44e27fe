import type { Vec3 } from '../base/coordinates.ts';
import { centroid, cross, dot, length, normalize, subtract } from './vec3.ts';

/** Distance within which points count as lying on one plane. */
const coplanarTolerance = 1e-5;

/**
 * Facets of the convex hull of points on the unit sphere, in which coplanar triangles are one facet with more
 * corners. Finds the planes through three points that leave all others on one side; meant for up to a few
 * hundred points.
 * @returns indices of the corners of each facet, ascending; empty where all points lie in one plane
 */
export function convexFacets(points: readonly Vec3[]): number[][] {
  const facets = new Map<string, number[]>();
  for (let i = 0; i < points.length; i++) {
    for (let j = i + 1; j < points.length; j++) {
      for (let k = j + 1; k < points.length; k++) {
        const corners = supportingPlane(points, i, j, k);
        if (corners) facets.set(corners.join(' '), corners);
      }
    }
  }
  return [...facets.values()];
}

/** All points on the plane through three of them, if no two others lie on different sides. */
function supportingPlane(points: readonly Vec3[], i: number, j: number, k: number): number[] | undefined {
  const origin = points[i]!;
  const normal = cross(subtract(points[j]!, origin), subtract(points[k]!, origin));
  const area = length(normal);
  if (area < 1e-9) return undefined;
  const [nx, ny, nz] = [normal[0] / area, normal[1] / area, normal[2] / area];
  const offset = nx * origin[0] + ny * origin[1] + nz * origin[2];
  const corners: number[] = [];
  let side = 0;
  for (let index = 0; index < points.length; index++) {
    const point = points[index]!;
    const height = nx * point[0] + ny * point[1] + nz * point[2] - offset;
    if (Math.abs(height) <= coplanarTolerance) corners.push(index);
    else if (side === 0) side = Math.sign(height);
    else if (Math.sign(height) !== side) return undefined;
  }
  return side === 0 ? undefined : corners;
}

/**
 * Order in which the corners of a convex, roughly flat polygon follow each other around it.
 * @returns indices into `corners`; `result[n]` and `result[n + 1]` are neighbours
 */
export function polygonOrder(corners: readonly Vec3[]): number[] {
  const centre = centroid(corners);
  const spokes = corners.map((corner) => subtract(corner, centre));
  const first = normalize(spokes[0]!);
  const collinearity = spokes.map((spoke) => Math.abs(dot(spoke, first)));
  const leastCollinear = spokes[collinearity.indexOf(Math.min(...collinearity))]!;
  const second = cross(cross(first, leastCollinear), first);
  const angles = spokes.map((spoke) => Math.atan2(dot(spoke, second) / length(second), dot(spoke, first)));
  return angles.map((_, index) => index).sort((a, b) => angles[a]! - angles[b]!);
}
