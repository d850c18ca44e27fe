import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import type { Loudspeaker } from '../../layouts/layout.ts';
import { distance } from '../../math/vec3.ts';
import type { ExclusionZone } from '../../scene/scene.ts';
import { isInsideAngleRange } from '../../base/angles.ts';

const epsilon = 1e-6;

/** Keeps objects away from loudspeakers. BS.2127-1 clause 7.3.12. */
export interface ZoneExclusion {
  /** Which loudspeakers stand, by their nominal positions, in any of the zones. */
  findExcluded(zones: readonly ExclusionZone[]): readonly boolean[];
  /** Moves the power of excluded loudspeakers to others, in place; nothing where all or none are excluded. */
  redirect(gains: Float64Array, isExcluded: readonly boolean[]): void;
}

/** @param loudspeakers without LFEs */
export function createZoneExclusion(loudspeakers: readonly Loudspeaker[]): ZoneExclusion {
  const positions = loudspeakers.map((loudspeaker) =>
    polarToCartesian(loudspeaker.nominalAzimuthDeg, loudspeaker.nominalElevationDeg),
  );
  const groups = loudspeakers.map((_, from) => groupTargets(loudspeakers, positions, from));
  const powers = new Float64Array(loudspeakers.length);
  return {
    findExcluded: (zones) =>
      loudspeakers.map((loudspeaker, index) =>
        zones.some((zone) => isInZone(zone, loudspeaker, positions[index]!)),
      ),
    redirect(gains, isExcluded) {
      if (!isExcluded.includes(true) || !isExcluded.includes(false)) return;
      powers.fill(0);
      groups.forEach((candidates, from) => {
        const group = candidates.find((members) => members.some((member) => !isExcluded[member]))!;
        const targets = group.filter((member) => !isExcluded[member]);
        for (const target of targets) powers[target]! += gains[from]! ** 2 / targets.length;
      });
      for (let i = 0; i < powers.length; i++) gains[i] = Math.sqrt(powers[i]!);
    },
  };
}

function isInZone(zone: ExclusionZone, loudspeaker: Loudspeaker, position: Vec3): boolean {
  if (zone.kind === 'cartesian') {
    return position.every(
      (value, axis) => value - epsilon < zone.max[axis]! && value + epsilon > zone.min[axis]!,
    );
  }
  const { nominalAzimuthDeg, nominalElevationDeg } = loudspeaker;
  const isAtPole = Math.abs(nominalElevationDeg) > 90 - epsilon;
  return (
    nominalElevationDeg - epsilon < zone.elevationDeg[1] &&
    nominalElevationDeg + epsilon > zone.elevationDeg[0] &&
    (isAtPole || isInsideAngleRange(nominalAzimuthDeg, zone.azimuthDeg[0], zone.azimuthDeg[1], epsilon))
  );
}

/** How dear it is to move from one layer [B, M, U, T] to another: up before down. */
const layerCosts = [
  [0, 1, 2, 3],
  [3, 0, 1, 2],
  [3, 2, 0, 1],
  [3, 2, 1, 0],
] as const;

function layerOf(elevationDeg: number): number {
  if (elevationDeg < -10) return 0;
  if (elevationDeg < 10) return 1;
  return elevationDeg < 75 ? 2 : 3;
}

/** Loudspeakers in groups of equal cost seen from one of them (itself is the first), cheapest first. */
function groupTargets(
  loudspeakers: readonly Loudspeaker[],
  positions: readonly Vec3[],
  from: number,
): number[][] {
  const costs = loudspeakers.map((_, to) => moveCost(loudspeakers, positions, from, to));
  const order = costs.map((_, index) => index).sort((a, b) => compareCosts(costs[a]!, costs[b]!) || a - b);
  const groups: number[][] = [];
  for (const index of order) {
    const last = groups.at(-1);
    if (last && compareCosts(costs[last[0]!]!, costs[index]!) === 0) last.push(index);
    else groups.push([index]);
  }
  return groups;
}

/** Layer, then change between front and back, then distance, then distance from front to back. */
function moveCost(
  loudspeakers: readonly Loudspeaker[],
  positions: readonly Vec3[],
  from: number,
  to: number,
): readonly number[] {
  const [a, b] = [positions[from]!, positions[to]!];
  const side = (y: number): number => (Math.abs(y) <= epsilon ? 0 : Math.sign(y));
  return [
    layerCosts[layerOf(loudspeakers[from]!.nominalElevationDeg)]![
      layerOf(loudspeakers[to]!.nominalElevationDeg)
    ]!,
    Math.abs(side(a[1]) - side(b[1])),
    distance(a, b),
    Math.abs(a[1] - b[1]),
  ];
}

function compareCosts(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((cost, index) => Math.abs(cost - b[index]!) >= epsilon);
  return differing < 0 ? 0 : a[differing]! - b[differing]!;
}

/**
 * Loudspeakers that cartesian panning leaves out for a set of excluded ones: a row whose loudspeaker on a side
 * wall goes (corners aside) goes as a whole, because panning needs both ends; nothing where all would go.
 * BS.2127-1 clause 7.3.12 (cartesian).
 */
export function extendCubeExclusion(
  positions: readonly Vec3[],
  isExcluded: readonly boolean[],
): readonly boolean[] {
  const extended = positions.map(
    ([, y, z], index) =>
      isExcluded[index]! ||
      positions.some(
        (other, k) =>
          isExcluded[k] &&
          Math.abs(other[0]) === 1 &&
          Math.abs(other[1]) !== 1 &&
          other[1] === y &&
          other[2] === z,
      ),
  );
  return extended.every(Boolean) ? extended.map(() => false) : extended;
}
