import type { Vec3 } from '../../../base/coordinates.ts';
import {
  cubeExtentToPolar,
  cubeToPolar,
  polarExtentToCube,
  type PolarExtent,
} from '../../../base/cube-coordinates.ts';
import type { ObjectBlock } from '../../../scene/scene.ts';
import type { PlanFrame, RoomShape } from './room-geometry.ts';

/** How far a source reaches from its place: angles on the sphere, or half lengths along x, y and z in the cube. */
export type Extent =
  ({ readonly shape: 'sphere' } & PolarExtent) | { readonly shape: 'cube'; readonly sizes: Vec3 };

/** Extent of a block in the shape of the room; undefined for a point. */
export function extentOf(block: ObjectBlock, shape: RoomShape): Extent | undefined {
  const { position, width, height, depth } = block;
  if (width === 0 && height === 0 && depth === 0) return undefined;
  if (position.kind === 'polar') {
    const polar = { widthDeg: width, heightDeg: height, depth };
    return shape === 'sphere' ? { shape, ...polar } : { shape, sizes: polarExtentToCube(position, polar) };
  }
  const sizes: Vec3 = [width, depth, height];
  return shape === 'cube'
    ? { shape, sizes }
    : { shape, ...cubeExtentToPolar(cubeToPolar(position.xyz), sizes) };
}

/** Extent on the way between two blocks; `weight` 0 (from) .. 1 (to). */
export function extentBetween(
  from: ObjectBlock,
  to: ObjectBlock,
  weight: number,
  shape: RoomShape,
): Extent | undefined {
  const [a, b] = [extentOf(from, shape), extentOf(to, shape)];
  if (from === to || (!a && !b)) return b;
  const mix = (start: number, end: number): number => start + (end - start) * weight;
  if (shape === 'cube') {
    const [start, end] = [sizesOf(a), sizesOf(b)];
    return {
      shape,
      sizes: [mix(start[0], end[0]), mix(start[1], end[1]), mix(start[2], end[2])],
    };
  }
  const [start, end] = [anglesOf(a), anglesOf(b)];
  return {
    shape,
    widthDeg: mix(start.widthDeg, end.widthDeg),
    heightDeg: mix(start.heightDeg, end.heightDeg),
    depth: mix(start.depth, end.depth),
  };
}

const sizesOf = (extent: Extent | undefined): Vec3 => (extent?.shape === 'cube' ? extent.sizes : [0, 0, 0]);
const anglesOf = (extent: Extent | undefined): PolarExtent =>
  extent?.shape === 'sphere' ? extent : { widthDeg: 0, heightDeg: 0, depth: 0 };

/** Outline of an extent on the plan, in pixels: part of a ring around the listener, or a rectangle. */
export type PlanOutline =
  | {
      readonly kind: 'arc';
      readonly innerPx: number;
      readonly outerPx: number;
      /** Angles as canvas counts them: 0 to the right, growing clockwise. */
      readonly startRad: number;
      readonly endRad: number;
    }
  | {
      readonly kind: 'box';
      readonly leftPx: number;
      readonly topPx: number;
      readonly widthPx: number;
      readonly heightPx: number;
    };

/** Thinnest outline that can be seen. */
const minThicknessPx = 7;

/** Outline of an extent around a point, seen from above. */
export function planOutline(point: Vec3, extent: Extent, frame: PlanFrame): PlanOutline {
  return extent.shape === 'cube' ? boxOutline(point, extent.sizes, frame) : arcOutline(point, extent, frame);
}

function boxOutline([x, y]: Vec3, [sizeX, sizeY]: Vec3, frame: PlanFrame): PlanOutline {
  const least = minThicknessPx / 2 / frame.scale;
  const [left, right] = [Math.max(-1, x - sizeX), Math.min(1, x + sizeX)];
  const [back, front] = [Math.max(-1, y - sizeY), Math.min(1, y + sizeY)];
  const [middleX, middleY] = [(left + right) / 2, (back + front) / 2];
  const [halfX, halfY] = [Math.max(least, (right - left) / 2), Math.max(least, (front - back) / 2)];
  return {
    kind: 'box',
    leftPx: frame.centreX + (middleX - halfX) * frame.scale,
    topPx: frame.centreY - (middleY + halfY) * frame.scale,
    widthPx: 2 * halfX * frame.scale,
    heightPx: 2 * halfY * frame.scale,
  };
}

/** Height and depth reach inwards and outwards, as far as the ring shows them from above. */
function arcOutline(
  [x, y, z]: Vec3,
  { widthDeg, heightDeg, depth }: PolarExtent,
  frame: PlanFrame,
): PlanOutline {
  const distance = Math.hypot(x, y, z);
  const elevationRad = Math.atan2(z, Math.hypot(x, y));
  const halfHeightRad = (Math.min(180, heightDeg) / 2) * (Math.PI / 180);
  const [low, high] = [elevationRad - halfHeightRad, elevationRad + halfHeightRad];
  const isOverTop = high >= Math.PI / 2 || low <= -Math.PI / 2;
  const innerShare = isOverTop ? 0 : Math.min(Math.cos(low), Math.cos(high));
  const outerShare = low <= 0 && high >= 0 ? 1 : Math.max(Math.cos(low), Math.cos(high));
  const innerPx = Math.max(0, distance - depth / 2) * innerShare * frame.scale;
  const outerPx = (distance + depth / 2) * outerShare * frame.scale;
  const thicker = Math.max(0, minThicknessPx - (outerPx - innerPx)) / 2;
  const directionRad = Math.atan2(-y, x);
  const halfWidthRad = (Math.min(360, widthDeg) / 2) * (Math.PI / 180);
  return {
    kind: 'arc',
    innerPx: Math.max(0, innerPx - thicker),
    outerPx: outerPx + thicker,
    startRad: directionRad - halfWidthRad,
    endRad: directionRad + halfWidthRad,
  };
}

/** Words for an extent: "90° × 20°", "0.5 × 0.2 × 0". */
export function extentText(extent: Extent): string {
  const short = (value: number): string => String(Number(value.toFixed(2)));
  if (extent.shape === 'cube') return extent.sizes.map(short).join(' × ');
  const angles = `${Math.round(extent.widthDeg)}° × ${Math.round(extent.heightDeg)}°`;
  return extent.depth > 0 ? `${angles}, ${short(extent.depth)} deep` : angles;
}
