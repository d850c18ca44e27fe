import { cartesianToPolar, polarToCartesian, type Vec3 } from '../../../base/coordinates.ts';
import { cubeToPolar, polarToCube } from '../../../base/cube-coordinates.ts';
import { directionBetween, directionOf } from '../../../scene/object-direction.ts';
import { objectsOf, pointOf } from '../../../scene/queries.ts';
import type { ObjectPosition, Scene } from '../../../scene/scene.ts';

/** What stands around the listener: the sphere of polar positions, or the room of cartesian ones. */
export type RoomShape = 'sphere' | 'cube';

/** The shape in which most objects of a scene are written, so that they are drawn where their author put them. */
export function roomShapeOf(scene: Scene | undefined): RoomShape {
  const objects = scene ? objectsOf(scene) : [];
  const cartesianCount = objects.filter(({ blocks }) => blocks[0]?.position.kind === 'cartesian').length;
  return cartesianCount * 2 > objects.length ? 'cube' : 'sphere';
}

/** Point at which a position is drawn: x right, y front, z up; 1 at the loudspeakers. BS.2127-1 clause 10. */
export function placeInRoom(position: ObjectPosition, shape: RoomShape): Vec3 {
  if (shape === 'cube') return position.kind === 'cartesian' ? position.xyz : polarToCube(position);
  return position.kind === 'polar'
    ? pointOf(position)
    : pointOf({ kind: 'polar', ...cubeToPolar(position.xyz) });
}

/** Point at which a loudspeaker is drawn. */
export const placeSpeaker = (azimuthDeg: number, elevationDeg: number, shape: RoomShape): Vec3 =>
  placeInRoom({ kind: 'polar', azimuthDeg, elevationDeg, distance: 1 }, shape);

/**
 * Position on the way between two blocks: straight between cartesian positions, else along the way of
 * `directionBetween`, while the distance goes evenly.
 * @param weight 0 (from) .. 1 (to)
 */
export function positionBetween(from: ObjectPosition, to: ObjectPosition, weight: number): ObjectPosition {
  const mix = (a: number, b: number): number => a + (b - a) * weight;
  if (from.kind === 'cartesian' && to.kind === 'cartesian') {
    const [a, b] = [from.xyz, to.xyz];
    return { kind: 'cartesian', xyz: [mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])] };
  }
  const direction = directionBetween(from, to, directionOf(from), directionOf(to), weight);
  const { azimuthDeg, elevationDeg } = cartesianToPolar(direction);
  return { kind: 'polar', azimuthDeg, elevationDeg, distance: mix(distanceOf(from), distanceOf(to)) };
}

const distanceOf = (position: ObjectPosition): number =>
  position.kind === 'polar' ? position.distance : cubeToPolar(position.xyz).distance;

/** Where the plan lies on its canvas, in CSS pixels. */
export interface PlanFrame {
  readonly centreX: number;
  readonly centreY: number;
  /** Pixels for a length of 1 in the room. */
  readonly scale: number;
}

/**
 * Fits the plan into a canvas.
 * @param reach largest |x| or |y| that is drawn, at least 1
 * @param marginPx room for the names of loudspeakers
 */
export const fitPlan = (widthPx: number, heightPx: number, reach: number, marginPx: number): PlanFrame => ({
  centreX: widthPx / 2,
  centreY: heightPx / 2,
  scale: Math.max(10, Math.min(widthPx, heightPx) / 2 - marginPx) / Math.max(1, reach),
});

/** Pixel of a point, seen from above: front at the top, left at the left. */
export const toPlan = (
  { centreX, centreY, scale }: PlanFrame,
  x: number,
  y: number,
): readonly [number, number] => [centreX + x * scale, centreY - y * scale];

/** How high a point stands: -1 below, 0 at the ears, 1 at the ceiling or overhead. */
export function heightOf([x, y, z]: Vec3, shape: RoomShape): number {
  if (shape === 'cube') return Math.min(1, Math.max(-1, z));
  return Math.hypot(x, y, z) === 0 ? 0 : cartesianToPolar([x, y, z]).elevationDeg / 90;
}

/** Unit vector on the sphere of a turn and a lift, for guides. */
export const onSphere = (azimuthDeg: number, elevationDeg = 0): Vec3 =>
  polarToCartesian(azimuthDeg, elevationDeg);
