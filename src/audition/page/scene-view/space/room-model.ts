import {
  BoxGeometry,
  BufferGeometry,
  CircleGeometry,
  ConeGeometry,
  DoubleSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PlaneGeometry,
  SphereGeometry,
  type Vector3,
} from 'three';
import { polarToCartesian, type Vec3 } from '../../../../base/coordinates.ts';
import type { RoomShape } from '../room-geometry.ts';
import type { Colours } from '../theme-colours.ts';
import { toSpace } from './space-axes.ts';

/** Floor, walls or dome, with guides for the eye. */
export function buildRoom(shape: RoomShape, colours: Colours): Group {
  const room = new Group();
  const floor = new Mesh(
    shape === 'cube' ? new PlaneGeometry(2, 2) : new CircleGeometry(1, 72),
    new MeshBasicMaterial({
      color: colours.floor,
      side: DoubleSide,
      transparent: true,
      opacity: 0.5,
      depthWrite: false,
    }),
  );
  floor.rotation.x = -Math.PI / 2;
  floor.position.y = -0.002;
  // Drawn first: what is translucent lies over it.
  floor.renderOrder = -1;
  room.add(floor);
  const [strong, faint] = shape === 'cube' ? cubeLines() : domeLines();
  room.add(lines(strong, colours.edge, 1), lines(faint, colours.edge, 0.45));
  room.add(frontMark(colours, shape));
  return room;
}

function lines(points: readonly Vec3[], color: string, opacity: number): LineSegments {
  const geometry = new BufferGeometry().setFromPoints(points.map(toSpace));
  return new LineSegments(geometry, new LineBasicMaterial({ color, transparent: opacity < 1, opacity }));
}

/** A wedge on the floor that shows where the front is. */
function frontMark(colours: Colours, shape: RoomShape): Mesh {
  const tip = shape === 'cube' ? 0.97 : 0.95;
  const corners: readonly Vec3[] = [
    [-0.05, tip - 0.09, 0],
    [0.05, tip - 0.09, 0],
    [0, tip, 0],
  ];
  const geometry = new BufferGeometry().setFromPoints(corners.map(toSpace));
  return new Mesh(geometry, new MeshBasicMaterial({ color: colours.dim, side: DoubleSide }));
}

function arc(pointAt: (share: number) => Vec3, pieceCount: number): Vec3[] {
  return Array.from({ length: pieceCount }, (_, piece) => [
    pointAt(piece / pieceCount),
    pointAt((piece + 1) / pieceCount),
  ]).flat();
}

/** Lines of the sphere's upper half: the horizon; parallels, meridians and the axes of the floor. */
function domeLines(): readonly [Vec3[], Vec3[]] {
  const parallel = (elevationDeg: number): Vec3[] =>
    arc((share) => polarToCartesian(360 * share, elevationDeg), 72);
  const meridian = (azimuthDeg: number): Vec3[] =>
    arc((share) => polarToCartesian(azimuthDeg, 90 * share), 18);
  const axes: Vec3[] = [
    [-1, 0, 0],
    [1, 0, 0],
    [0, -1, 0],
    [0, 1, 0],
  ];
  const meridians = Array.from({ length: 8 }, (_, index) => meridian(index * 45)).flat();
  return [parallel(0), [...parallel(30), ...parallel(60), ...meridians, ...axes]];
}

/** Lines of the room from the ears to the ceiling: its edges; a grid on the floor. */
function cubeLines(): readonly [Vec3[], Vec3[]] {
  const corners: readonly (readonly [number, number])[] = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  const edges = corners.flatMap(([x, y], index): Vec3[] => {
    const [nextX, nextY] = corners[(index + 1) % 4]!;
    return [
      [x, y, 0],
      [nextX, nextY, 0],
      [x, y, 1],
      [nextX, nextY, 1],
      [x, y, 0],
      [x, y, 1],
    ];
  });
  const grid = [-0.5, 0, 0.5].flatMap((at): Vec3[] => [
    [at, -1, 0],
    [at, 1, 0],
    [-1, at, 0],
    [1, at, 0],
  ]);
  return [edges, grid];
}

/** The listener's head, facing the front; turned by its matrix. */
export function buildHead(colours: Colours): Group {
  const head = new Group();
  head.matrixAutoUpdate = false;
  const skin = new MeshLambertMaterial({ color: colours.dim });
  const skull = new Mesh(new SphereGeometry(0.1, 24, 18), skin);
  skull.scale.set(0.82, 1.1, 0.95);
  const nose = new Mesh(new ConeGeometry(0.028, 0.06, 12), skin);
  nose.position.set(0, -0.005, -0.105);
  nose.rotation.x = -Math.PI / 2;
  head.add(skull, nose);
  const lobe = new MeshLambertMaterial({ color: colours.accent });
  for (const side of [-1, 1]) {
    const ear = new Mesh(new SphereGeometry(0.03, 12, 10), lobe);
    ear.scale.set(0.45, 1.2, 0.8);
    ear.position.set(side * 0.085, 0, 0.005);
    head.add(ear);
  }
  return head;
}

/** A loudspeaker that faces the listener: a cabinet, a flat one for those above, a cube for LFEs. */
export function buildSpeaker(point: Vec3, isLfe: boolean, isAbove: boolean, colours: Colours): Mesh {
  const geometry = isLfe
    ? new BoxGeometry(0.1, 0.1, 0.1)
    : isAbove
      ? new BoxGeometry(0.1, 0.1, 0.05)
      : new BoxGeometry(0.08, 0.13, 0.07);
  const speaker = new Mesh(geometry, new MeshLambertMaterial({ color: colours.dim }));
  const place: Vector3 = toSpace(point);
  speaker.position.copy(place);
  speaker.lookAt(0, 0, 0);
  return speaker;
}
