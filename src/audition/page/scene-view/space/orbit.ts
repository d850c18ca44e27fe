import { polarToCartesian, type Vec3 } from '../../../../base/coordinates.ts';

/** From where the room is looked at: around its middle, ADM angles. */
export interface Orbit {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly distance: number;
}

/** What turns the view. */
export type OrbitCommand =
  | { readonly kind: 'turn'; readonly rightDeg: number; readonly upDeg: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'reset' };

/** From behind and above, a little from the right: the front is far, left is left. */
export const firstOrbit: Orbit = { azimuthDeg: -154, elevationDeg: 27, distance: 3.35 };

/** Straight down the picture would lose its up. */
const steepestDeg = 88;
const lowestDeg = -30;
const nearest = 1.6;
const farthest = 8;

/** The view after a command. */
export function orbited(orbit: Orbit, command: OrbitCommand): Orbit {
  switch (command.kind) {
    case 'turn':
      return {
        ...orbit,
        azimuthDeg: (orbit.azimuthDeg + command.rightDeg) % 360,
        elevationDeg: Math.min(steepestDeg, Math.max(lowestDeg, orbit.elevationDeg + command.upDeg)),
      };
    case 'zoom':
      return {
        ...orbit,
        distance: Math.min(farthest, Math.max(nearest, orbit.distance * command.factor)),
      };
    case 'reset':
      return firstOrbit;
  }
}

/** Where the eye is: x right, y front, z up. */
export const eyeOf = ({ azimuthDeg, elevationDeg, distance }: Orbit): Vec3 =>
  polarToCartesian(azimuthDeg, elevationDeg, distance);

/** What the keys do, for the view's name. */
export const orbitHelp = '3-D view: arrow keys turn it, plus and minus zoom, Home turns it back';

const stepDeg = 6;
const zoomStep = 1.12;

/** What a key does; undefined for keys that are not meant for the view. */
export function orbitCommand(key: string): OrbitCommand | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'turn', rightDeg: -stepDeg, upDeg: 0 };
    case 'ArrowRight':
      return { kind: 'turn', rightDeg: stepDeg, upDeg: 0 };
    case 'ArrowUp':
      return { kind: 'turn', rightDeg: 0, upDeg: stepDeg };
    case 'ArrowDown':
      return { kind: 'turn', rightDeg: 0, upDeg: -stepDeg };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1 / zoomStep };
    case '-':
      return { kind: 'zoom', factor: zoomStep };
    case 'Home':
      return { kind: 'reset' };
    default:
      return undefined;
  }
}
