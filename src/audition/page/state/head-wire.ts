import type { HeadOrientation } from '../engine/engine.ts';
import { headMatrix } from './head-orientation.ts';

/** A head of wire as paths of SVG, radius 1 around the origin: what faces the viewer, and what lies behind. */
export interface HeadWire {
  readonly frontPath: string;
  readonly backPath: string;
  /** Tip of the nose, and whether it is on the side of the viewer. */
  readonly nose: { readonly x: number; readonly y: number; readonly isInFront: boolean };
  /** The ears, left and right. */
  readonly ears: readonly { readonly x: number; readonly y: number; readonly isInFront: boolean }[];
}

/** The viewer looks down from behind at this elevation: front is up in the picture, left is left. */
const viewElevationDeg = 52;
const segmentCount = 72;

/** Projects a direction of the room (x right, y front, z up): picture x right, y down, depth towards the viewer. */
const project = (x: number, y: number, z: number): [number, number, number] => {
  const angle = (viewElevationDeg * Math.PI) / 180;
  return [x, -(y * Math.sin(angle) + z * Math.cos(angle)), z * Math.sin(angle) - y * Math.cos(angle)];
};

/** The wires of a head: ears' horizon, the middle from nose to neck, and the circle through both ears and the top. */
export const headWire = (head: HeadOrientation): HeadWire => {
  const matrix = headMatrix(head);
  const seen = (x: number, y: number, z: number): [number, number, number] =>
    project(...(matrix.map((row) => row[0]! * x + row[1]! * y + row[2]! * z) as [number, number, number]));
  const paths = { front: '', back: '' };
  for (const circle of [
    (c: number, s: number) => seen(c, s, 0),
    (c: number, s: number) => seen(0, c, s),
    (c: number, s: number) => seen(c, 0, s),
  ]) {
    let last: 'front' | 'back' | undefined;
    for (let k = 0; k <= segmentCount; k++) {
      const angle = (2 * Math.PI * k) / segmentCount;
      const [x, y, depth] = circle(Math.cos(angle), Math.sin(angle));
      const side = depth >= 0 ? 'front' : 'back';
      const point = `${x.toFixed(3)} ${y.toFixed(3)}`;
      if (last && last !== side) paths[last] += `L${point}`;
      paths[side] += `${last === side ? 'L' : 'M'}${point}`;
      last = side;
    }
  }
  const dot = (x: number, y: number, z: number): HeadWire['nose'] => {
    const [px, py, depth] = seen(x, y, z);
    return { x: px, y: py, isInFront: depth >= 0 };
  };
  return {
    frontPath: paths.front,
    backPath: paths.back,
    nose: dot(0, 1.16, 0),
    ears: [dot(-1, 0, 0), dot(1, 0, 0)],
  };
};
