import type { Vec3 } from '../../base/coordinates.ts';
import { polygonOrder } from '../../math/convex-facets.ts';
import { add, cross, dot, subtract } from '../../math/vec3.ts';

/**
 * Regions of the point-source panner (BS.2127-1 clause 6.1.2): each covers the directions seen through one facet
 * of loudspeakers and gives their gains.
 */
export interface Region {
  /**
   * Writes the gains of the region's loudspeakers for a direction into `gains`, power 1, and leaves all others
   * alone; returns false, with `gains` untouched, where the direction is not its own.
   */
  pan(position: Vec3, gains: Float64Array): boolean;
}

/** Slack that lets neighbouring regions share their border. */
const borderSlack = -1e-11;

/** Slack of the panning values of quadrilaterals, and largest imaginary part that counts as none. */
const rootSlack = 1e-10;

/**
 * Three loudspeakers: VBAP (Pulkki 1997), without normalising their positions. BS.2127-1 clause 6.1.2.1.
 * @param channels index of each loudspeaker in `gains`
 */
export function createTriplet(channels: readonly number[], positions: readonly Vec3[]): Region {
  const solve = createTripletSolver(positions);
  const [a, b, c] = channels as [number, number, number];
  const solution = new Float64Array(3);
  return {
    pan(position, gains) {
      if (!solve(position, solution)) return false;
      gains[a] = solution[0]!;
      gains[b] = solution[1]!;
      gains[c] = solution[2]!;
      return true;
    },
  };
}

/**
 * Loudspeakers around an imaginary one in their middle: triplets with two of the real ones, after which the
 * imaginary one's gain goes to all real ones alike, 1/sqrt(n), and the power is made 1 again. BS.2127-1 clause
 * 6.1.2.2.
 */
export function createVirtualNgon(
  channels: readonly number[],
  positions: readonly Vec3[],
  centre: Vec3,
): Region {
  const count = channels.length;
  const order = polygonOrder(positions);
  const share = 1 / Math.sqrt(count);
  const sides = order.map((first, index) => {
    const second = order[(index + 1) % count]!;
    return { first, second, solve: createTripletSolver([positions[first]!, positions[second]!, centre]) };
  });
  const solution = new Float64Array(3);
  const local = new Float64Array(count);
  return {
    pan(position, gains) {
      for (const { first, second, solve } of sides) {
        if (!solve(position, solution)) continue;
        local.fill(solution[2]! * share);
        local[first]! += solution[0]!;
        local[second]! += solution[1]!;
        writeNormalized(local, channels, gains);
        return true;
      }
      return false;
    },
  };
}

/**
 * Four loudspeakers: the direction is where a bilinear surface through them is hit, which gives two quadratic
 * equations. BS.2127-1 clause 6.1.2.3.
 */
export function createQuad(channels: readonly number[], positions: readonly Vec3[]): Region {
  const order = polygonOrder(positions);
  const corners = order.map((index) => positions[index]!);
  const [a, b, c, d] = corners as [Vec3, Vec3, Vec3, Vec3];
  const panX = createEdgePan(a, b, c, d);
  const panY = createEdgePan(b, c, d, a);
  const orderedChannels = order.map((index) => channels[index]!);
  const local = new Float64Array(4);
  return {
    pan(position, gains) {
      const x = panX(position);
      const y = panY(position);
      if (Number.isNaN(x) || Number.isNaN(y)) return false;
      local[0] = (1 - x) * (1 - y);
      local[1] = x * (1 - y);
      local[2] = x * y;
      local[3] = (1 - x) * y;
      let facing = 0;
      for (let i = 0; i < 4; i++) facing += local[i]! * dot(corners[i]!, position);
      if (facing <= 0) return false;
      writeNormalized(local, orderedChannels, gains);
      return true;
    },
  };
}

type TripletSolver = (position: Vec3, solution: Float64Array) => boolean;

/** Weights of three positions whose sum points in a direction, power 1; false where one would be negative. */
function createTripletSolver(positions: readonly Vec3[]): TripletSolver {
  const [a, b, c] = positions as [Vec3, Vec3, Vec3];
  const determinant = dot(a, cross(b, c));
  // Rows of the inverse of the matrix whose rows are the positions, column by column.
  const [ax, ay, az] = cross(b, c);
  const [bx, by, bz] = cross(c, a);
  const [cx, cy, cz] = cross(a, b);
  return ([x, y, z], solution) => {
    const ga = (x * ax + y * ay + z * az) / determinant;
    const gb = (x * bx + y * by + z * bz) / determinant;
    const gc = (x * cx + y * cy + z * cz) / determinant;
    if (!(ga >= borderSlack && gb >= borderSlack && gc >= borderSlack)) return false;
    const norm = Math.sqrt(ga * ga + gb * gb + gc * gc);
    solution[0] = Math.max(0, ga / norm);
    solution[1] = Math.max(0, gb / norm);
    solution[2] = Math.max(0, gc / norm);
    return true;
  };
}

/** How far along from edge a-d to edge b-c a direction meets the quadrilateral; 0..1, NaN where it misses. */
function createEdgePan(a: Vec3, b: Vec3, c: Vec3, d: Vec3): (position: Vec3) => number {
  const ab = subtract(b, a);
  const dc = subtract(c, d);
  const quadratic = cross(ab, dc);
  const linear = add(cross(a, dc), cross(ab, d));
  const constant = cross(a, d);
  return (position) =>
    rootInUnitRange(dot(quadratic, position), dot(linear, position), dot(constant, position));
}

/** Real root of a x^2 + b x + c within 0..1 (clipped to it); NaN where there is none. */
function rootInUnitRange(a: number, b: number, c: number): number {
  if (Math.abs(a) < 1e-14) return clipRoot(-c / b);
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) {
    const isReal = Math.sqrt(-discriminant) / Math.abs(2 * a) < rootSlack;
    return isReal ? clipRoot(-b / (2 * a)) : NaN;
  }
  // The root without cancellation first, the other from the product of both.
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const first = clipRoot(q / a);
  return Number.isNaN(first) ? clipRoot(c / q) : first;
}

const clipRoot = (root: number): number =>
  root > -rootSlack && root < 1 + rootSlack ? Math.min(1, Math.max(0, root)) : NaN;

function writeNormalized(local: Float64Array, channels: readonly number[], gains: Float64Array): void {
  let power = 0;
  for (let i = 0; i < local.length; i++) power += local[i]! * local[i]!;
  const factor = 1 / Math.sqrt(power);
  for (let i = 0; i < local.length; i++) gains[channels[i]!] = local[i]! * factor;
}
