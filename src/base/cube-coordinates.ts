import type { PolarPosition, Vec3 } from './coordinates.ts';
import { degToRad, radToDeg } from './units.ts';
import { angleAtOrAfter, isInsideAngleRange, localAxes } from './angles.ts';

/**
 * Conversion between the polar (egocentric) and the cartesian (allocentric) positions and sizes of objects,
 * in which the loudspeakers of 4+5+0 stand on the corners of the cube. BS.2127-1 clause 10.
 */

/** Size of a source: polar sizes width and height in degrees; cartesian sizes along x, y and z, 0..1. */
export interface PolarExtent {
  readonly widthDeg: number;
  readonly heightDeg: number;
  readonly depth: number;
}

/** Elevation of the edge between the walls and the ceiling: polar, and in the cube. */
const topDeg = 30;
const topInCubeDeg = 45;

interface Corner {
  readonly azimuthDeg: number;
  readonly x: number;
  readonly y: number;
  /** Azimuth of (x, y). */
  readonly cubeAzimuthDeg: number;
}

const corner = (azimuthDeg: number, x: number, y: number): Corner => ({
  azimuthDeg,
  x,
  y,
  cubeAzimuthDeg: radToDeg(Math.atan2(-x, y)),
});

/** Loudspeakers on the outline of the square, clockwise. */
const corners: readonly Corner[] = [
  corner(0, 0, 1),
  corner(-30, 1, 1),
  corner(-110, 1, -1),
  corner(110, -1, -1),
  corner(30, -1, 1),
];

/** The stretch of the outline between two neighbours; `left` is anticlockwise of `right`. */
interface Sector {
  readonly left: Corner;
  readonly right: Corner;
  readonly leftDeg: number;
}

const sectors: readonly Sector[] = corners.map((left, index) => {
  const right = corners[(index + 1) % corners.length]!;
  return { left, right, leftDeg: angleAtOrAfter(right.azimuthDeg, left.azimuthDeg) };
});

/** Polar position to the cube. */
export function polarToCube({ azimuthDeg, elevationDeg, distance }: PolarPosition): Vec3 {
  const steepnessDeg = Math.abs(elevationDeg);
  let z: number;
  let radius: number;
  if (steepnessDeg > topDeg) {
    const inCubeDeg = topInCubeDeg + ((90 - topInCubeDeg) * (steepnessDeg - topDeg)) / (90 - topDeg);
    z = distance * Math.sign(elevationDeg);
    radius = distance * Math.tan(degToRad(90 - inCubeDeg));
  } else {
    z = Math.tan(degToRad((topInCubeDeg * elevationDeg) / topDeg)) * distance;
    radius = distance;
  }
  const { left, right, leftDeg } = sectors.find((sector) =>
    isInsideAngleRange(azimuthDeg, sector.right.azimuthDeg, sector.left.azimuthDeg),
  )!;
  const along = azimuthToLinear(leftDeg, right.azimuthDeg, angleAtOrAfter(right.azimuthDeg, azimuthDeg));
  return [radius * (left.x + (right.x - left.x) * along), radius * (left.y + (right.y - left.y) * along), z];
}

/** Position in the cube to polar; azimuth in [-180, 180). */
export function cubeToPolar([x, y, z]: Vec3): PolarPosition {
  const tiny = 1e-10;
  if (Math.abs(x) < tiny && Math.abs(y) < tiny) {
    if (Math.abs(z) < tiny) return { azimuthDeg: 0, elevationDeg: 0, distance: 0 };
    return { azimuthDeg: 0, elevationDeg: Math.sign(z) * 90, distance: Math.abs(z) };
  }
  const cubeAzimuthDeg = radToDeg(Math.atan2(-x, y));
  const { left, right, leftDeg } = sectors.find((sector) =>
    isInsideAngleRange(cubeAzimuthDeg, sector.right.cubeAzimuthDeg, sector.left.cubeAzimuthDeg),
  )!;
  const determinant = left.x * right.y - left.y * right.x;
  const leftShare = (x * right.y - y * right.x) / determinant;
  const rightShare = (y * left.x - x * left.y) / determinant;
  const radius = leftShare + rightShare;
  const azimuthDeg = linearToAzimuth(leftDeg, right.azimuthDeg, rightShare / radius);
  const inCubeDeg = radToDeg(Math.atan(z / radius));
  const steepnessDeg = Math.abs(inCubeDeg);
  const isSteep = steepnessDeg > topInCubeDeg;
  return {
    azimuthDeg: angleAtOrAfter(-180, azimuthDeg),
    elevationDeg: isSteep
      ? Math.sign(inCubeDeg) *
        (topDeg + ((90 - topDeg) * (steepnessDeg - topInCubeDeg)) / (90 - topInCubeDeg))
      : (topDeg * inCubeDeg) / topInCubeDeg,
    distance: isSteep ? Math.abs(z) : radius,
  };
}

/** Polar size to sizes [x, y, z] in the cube, for a source at a polar position. */
export function polarExtentToCube(position: PolarPosition, extent: PolarExtent): Vec3 {
  const [x, y, z] = extentInFront(extent);
  const [right, front, up] = localAxes(position.azimuthDeg, position.elevationDeg);
  return [
    Math.hypot(right[0] * x, front[0] * y, up[0] * z),
    Math.hypot(right[1] * x, front[1] * y, up[1] * z),
    Math.hypot(right[2] * x, front[2] * y, up[2] * z),
  ];
}

/** Sizes [x, y, z] in the cube to a polar size, for a source at a polar position. */
export function cubeExtentToPolar(position: PolarPosition, [x, y, z]: Vec3): PolarExtent {
  const [right, front, up] = localAxes(position.azimuthDeg, position.elevationDeg);
  const seen = (axis: Vec3): number => Math.hypot(axis[0] * x, axis[1] * y, axis[2] * z);
  const [alongRight, alongFront, alongUp] = [seen(right), seen(front), seen(up)];
  const fromDepthDeg = 2 * radToDeg(Math.acos(1 - 2 * alongFront));
  const angleOf = (size: number): number => {
    const fromSizeDeg = 2 * radToDeg(Math.asin(size));
    return fromSizeDeg + size * Math.max(fromDepthDeg - fromSizeDeg, 0);
  };
  const widthDeg = angleOf(alongRight);
  const heightDeg = angleOf(alongUp);
  const explained = extentInFront({ widthDeg, heightDeg, depth: 0 })[1];
  return { widthDeg, heightDeg, depth: Math.max(0, alongFront - explained) };
}

/** Sizes along x, y and z of a source straight ahead. */
function extentInFront({ widthDeg, heightDeg, depth }: PolarExtent): Vec3 {
  const across = (sizeDeg: number): number => (sizeDeg < 180 ? Math.sin(degToRad(sizeDeg / 2)) : 1);
  const along = (sizeDeg: number): number => (1 - Math.cos(degToRad(sizeDeg / 2))) / 2;
  return [across(widthDeg), Math.max(along(widthDeg), along(heightDeg), depth), across(heightDeg)];
}

/** Share of the way from left to right, 0..1, of an azimuth between two loudspeakers; tangent law. */
function azimuthToLinear(leftDeg: number, rightDeg: number, azimuthDeg: number): number {
  const middleDeg = (leftDeg + rightDeg) / 2;
  const tangent = Math.tan(degToRad(azimuthDeg - middleDeg)) / Math.tan(degToRad(rightDeg - middleDeg));
  const right = 0.5 + 0.5 * tangent;
  return Math.atan2(right, 1 - right) * (2 / Math.PI);
}

function linearToAzimuth(leftDeg: number, rightDeg: number, along: number): number {
  const middleDeg = (leftDeg + rightDeg) / 2;
  const left = Math.cos((along * Math.PI) / 2);
  const right = Math.sin((along * Math.PI) / 2);
  const tangent = 2 * (right / (left + right) - 0.5) * Math.tan(degToRad(rightDeg - middleDeg));
  return middleDeg + radToDeg(Math.atan(tangent));
}
