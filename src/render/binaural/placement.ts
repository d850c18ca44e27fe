import { polarToCartesian, type Vec3 } from '../../base/coordinates.ts';
import { degToRad, radToDeg } from '../../base/units.ts';
import { rotateVector } from '../../math/rotation.ts';
import { add, dot, scale } from '../../math/vec3.ts';
import { directionBetween } from '../../scene/object-direction.ts';
import type { ObjectBlock } from '../../scene/scene.ts';
import { localAxes } from '../../base/angles.ts';
import { cubeExtentToPolar, cubeToPolar } from '../../base/cube-coordinates.ts';
import { extentAtDistance } from '../panner/polar-extent.ts';

/** Where an object is heard: a direction, and how it spreads around it. */
export interface Placement {
  /** Unit vector, ADM cartesian. */
  readonly direction: Vec3;
  /** Extent as seen from the listener. */
  readonly widthDeg: number;
  readonly heightDeg: number;
  /** 0 (direct) .. 1 (from everywhere). */
  readonly diffuse: number;
  /** Divergence: its value and the half angle of the pair. */
  readonly divergence: number;
  readonly divergenceDeg: number;
  /** Where a spread object lies in the room of which a turned head sees it so: [3][3] room to head. */
  readonly seenFrom?: { readonly placement: Placement; readonly matrix: Float64Array } | undefined;
}

/** Default half angle of a diverging pair. BS.2127-1 clause 7.3.6. */
const defaultDivergenceDeg = 45;

/** Directions of equal weight that fill the ellipse of an extent: the middle, a ring of 6, a ring of 12. */
const extentRings: readonly { readonly radius: number; readonly count: number }[] = [
  { radius: 0, count: 1 },
  { radius: 0.45, count: 6 },
  { radius: 0.85, count: 12 },
];

/** Placement of one block. Cartesian positions go through the conversion of BS.2127-1 clause 10. */
export function placementOf(block: ObjectBlock): Placement {
  const { position } = block;
  const polar = position.kind === 'polar' ? position : cubeToPolar(position.xyz);
  const extent =
    position.kind === 'polar'
      ? { widthDeg: block.width, heightDeg: block.height }
      : cubeExtentToPolar(polar, [block.width, block.depth, block.height]);
  const seen = (sizeDeg: number): number => (sizeDeg === 0 ? 0 : extentAtDistance(sizeDeg, polar.distance));
  const { divergence } = block;
  return {
    direction: polarToCartesian(polar.azimuthDeg, polar.elevationDeg),
    widthDeg: seen(extent.widthDeg),
    heightDeg: seen(extent.heightDeg),
    diffuse: block.diffuse,
    divergence: divergence?.value ?? 0,
    divergenceDeg:
      divergence?.azimuthRangeDeg ??
      (divergence?.positionRange === undefined
        ? defaultDivergenceDeg
        : radToDeg(Math.atan(divergence.positionRange))),
  };
}

/** Whether a placement is a single direction. */
export const isPoint = (placement: Placement): boolean =>
  placement.widthDeg === 0 &&
  placement.heightDeg === 0 &&
  placement.diffuse === 0 &&
  placement.divergence === 0;

/** Whether two placements are the same. */
export const isSamePlacement = (a: Placement, b: Placement): boolean =>
  dot(a.direction, b.direction) > 1 - 1e-12 &&
  a.widthDeg === b.widthDeg &&
  a.heightDeg === b.heightDeg &&
  a.diffuse === b.diffuse &&
  a.divergence === b.divergence &&
  a.divergenceDeg === b.divergenceDeg &&
  a.seenFrom?.matrix === b.seenFrom?.matrix;

/**
 * Placement on the way from one block to another. See `directionBetween` for the way.
 * @param weight 0 (from) .. 1 (to)
 */
export function placementBetween(
  from: ObjectBlock,
  to: ObjectBlock,
  fromPlacement: Placement,
  toPlacement: Placement,
  weight: number,
): Placement {
  const mix = (a: number, b: number): number => a + (b - a) * weight;
  return {
    direction: directionBetween(
      from.position,
      to.position,
      fromPlacement.direction,
      toPlacement.direction,
      weight,
    ),
    widthDeg: mix(fromPlacement.widthDeg, toPlacement.widthDeg),
    heightDeg: mix(fromPlacement.heightDeg, toPlacement.heightDeg),
    diffuse: mix(fromPlacement.diffuse, toPlacement.diffuse),
    divergence: mix(fromPlacement.divergence, toPlacement.divergence),
    divergenceDeg: mix(fromPlacement.divergenceDeg, toPlacement.divergenceDeg),
  };
}

/** Directions that stand for a spread object, the first of them its own, and their powers, sum 1. */
export interface SpreadDirections {
  readonly directions: Vec3[];
  readonly powers: number[];
}

/**
 * Splits the direct part of a placement into directions: the diverging three (powers as BS.2127-1 clause 7.3.6 gives
 * them), each filled over its extent with 19 directions of equal power on an ellipse of the given width and height.
 */
export function spreadDirections(placement: Placement): SpreadDirections {
  if (placement.seenFrom) {
    const { matrix, placement: inRoom } = placement.seenFrom;
    const { directions, powers } = spreadDirections(inRoom);
    return { directions: directions.map((direction) => rotateVector(matrix, direction)), powers };
  }
  const { direction, divergence, divergenceDeg } = placement;
  const spread: SpreadDirections = { directions: [], powers: [] };
  const [right, front, up] = axesOf(direction);
  const tilted = (asideDeg: number, aboveDeg: number): Vec3 => {
    const [x, y, z] = polarToCartesian(-asideDeg, aboveDeg);
    return add(add(scale(right, x), scale(front, y)), scale(up, z));
  };
  addExtent(spread, placement, direction, (1 - divergence) / (1 + divergence));
  if (divergence > 0)
    for (const side of [-1, 1])
      addExtent(spread, placement, tilted(side * divergenceDeg, 0), divergence / (1 + divergence));
  return spread;
}

/** Adds the directions of an extent around one direction. */
function addExtent(
  { directions, powers }: SpreadDirections,
  { widthDeg, heightDeg }: Placement,
  centre: Vec3,
  power: number,
): void {
  if (widthDeg === 0 && heightDeg === 0) {
    directions.push(centre);
    powers.push(power);
    return;
  }
  const [right, front, up] = axesOf(centre);
  const total = extentRings.reduce((sum, { count }) => sum + count, 0);
  for (const { radius, count } of extentRings)
    for (let i = 0; i < count; i++) {
      const turn = (2 * Math.PI * i) / count;
      const aside = degToRad(radius * (widthDeg / 2) * Math.cos(turn));
      const above = degToRad(radius * Math.min(90, heightDeg / 2) * Math.sin(turn));
      const forward = scale(front, Math.cos(aside) * Math.cos(above));
      const sideways = scale(right, Math.sin(aside) * Math.cos(above));
      directions.push(add(add(forward, sideways), scale(up, Math.sin(above))));
      powers.push(power / total);
    }
}

/** Axes [right, front, up] of a listener who faces a direction. */
function axesOf([x, y, z]: Vec3): readonly [Vec3, Vec3, Vec3] {
  const horizontal = Math.hypot(x, y);
  const azimuthDeg = horizontal < 1e-9 ? 0 : radToDeg(Math.atan2(-x, y));
  return localAxes(azimuthDeg, radToDeg(Math.atan2(z, horizontal)));
}
