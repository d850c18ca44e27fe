import { cartesianToPolar, polarToCartesian, type PolarPosition, type Vec3 } from '../../base/coordinates.ts';
import { ConfigError } from '../../base/errors.ts';
import { degToRad } from '../../base/units.ts';
import { add, scale, subtract } from '../../math/vec3.ts';
import type { Layout } from '../../layouts/layout.ts';
import { defaultScreen, type Screen } from '../../layouts/screen.ts';
import type { ScreenEdgeLock } from '../../scene/scene.ts';
import { interpolate, localAxes } from '../../base/angles.ts';
import { cubeToPolar, polarToCube } from '../../base/cube-coordinates.ts';

/** The screen of a layout's room; undefined where it has none. */
export const screenOf = ({ screen }: Layout): Screen | undefined =>
  screen === null ? undefined : (screen ?? defaultScreen);

interface ScreenEdges {
  readonly leftDeg: number;
  readonly rightDeg: number;
  readonly bottomDeg: number;
  readonly topDeg: number;
}

/** Changes positions, polar as vectors or in the cube, for the screen of the listening room. */
export interface ScreenMapper {
  /** Moves a position from the reference screen to the reproduction screen. BS.2127-1 clause 7.3.3. */
  scale(position: Vec3, isCartesian: boolean): Vec3;
  /** Moves a position to edges of the reproduction screen. BS.2127-1 clause 7.3.4. */
  lock(position: Vec3, lock: ScreenEdgeLock | undefined, isCartesian: boolean): Vec3;
}

/**
 * @param reproduction screen of the room; undefined where it has none: positions then stay as they are
 * @param hasUpperCorners whether the layout has U+045, which cartesian panning puts above M+030
 * @throws ConfigError "bad-screen" for a screen that reaches behind the listener or past a pole
 */
export function createScreenMapper(
  reference: Screen,
  reproduction: Screen | undefined,
  hasUpperCorners: boolean,
): ScreenMapper {
  if (!reproduction) return { scale: (position) => position, lock: (position) => position };
  const from = edgesOf(reference);
  const to = edgesOf(reproduction);
  const map = (position: Vec3, isCartesian: boolean, change: (polar: PolarPosition) => Angles): Vec3 => {
    const polar = isCartesian ? cubeToPolar(position) : cartesianToPolar(position);
    const changed = change(polar);
    if (!isCartesian) return polarToCartesian(changed.azimuthDeg, changed.elevationDeg, polar.distance);
    const compensated = hasUpperCorners ? compensateHeight(changed) : changed;
    return polarToCube({ ...compensated, distance: polar.distance });
  };
  return {
    scale: (position, isCartesian) =>
      map(position, isCartesian, ({ azimuthDeg, elevationDeg }) => ({
        azimuthDeg: interpolate(
          azimuthDeg,
          [-180, from.rightDeg, from.leftDeg, 180],
          [-180, to.rightDeg, to.leftDeg, 180],
        ),
        elevationDeg: interpolate(
          elevationDeg,
          [-90, from.bottomDeg, from.topDeg, 90],
          [-90, to.bottomDeg, to.topDeg, 90],
        ),
      })),
    lock(position, lock, isCartesian) {
      const azimuthDeg = lock?.horizontal && (lock.horizontal === 'left' ? to.leftDeg : to.rightDeg);
      const elevationDeg = lock?.vertical && (lock.vertical === 'top' ? to.topDeg : to.bottomDeg);
      if (azimuthDeg === undefined && elevationDeg === undefined) return position;
      return map(position, isCartesian, (polar) => ({
        azimuthDeg: azimuthDeg ?? polar.azimuthDeg,
        elevationDeg: elevationDeg ?? polar.elevationDeg,
      }));
    },
  };
}

interface Angles {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

function edgesOf(screen: Screen): ScreenEdges {
  const { centre, across, along } = spanOf(screen);
  const leftDeg = cartesianToPolar(subtract(centre, across)).azimuthDeg;
  const rightDeg = cartesianToPolar(add(centre, across)).azimuthDeg;
  const bottom = cartesianToPolar(subtract(centre, along));
  const top = cartesianToPolar(add(centre, along));
  if (rightDeg > leftDeg || bottom.azimuthDeg - top.azimuthDeg > 1e-3) {
    throw new ConfigError(
      'bad-screen',
      `a screen around (${centre.join(', ')}) that spans azimuths ${leftDeg} to ${rightDeg} reaches behind the listener or past a pole`,
    );
  }
  return { leftDeg, rightDeg, bottomDeg: bottom.elevationDeg, topDeg: top.elevationDeg };
}

/** Centre of a screen, and the vectors from there to its right and to its upper edge. */
function spanOf(screen: Screen): { readonly centre: Vec3; readonly across: Vec3; readonly along: Vec3 } {
  if (screen.kind === 'cartesian') {
    const halfWidth = screen.widthX / 2;
    return {
      centre: screen.centre,
      across: [halfWidth, 0, 0],
      along: [0, 0, halfWidth / screen.aspectRatio],
    };
  }
  const { azimuthDeg, elevationDeg, distance } = screen;
  const halfWidth = distance * Math.tan(degToRad(screen.widthAzimuthDeg / 2));
  const [right, , up] = localAxes(azimuthDeg, elevationDeg);
  return {
    centre: polarToCartesian(azimuthDeg, elevationDeg, distance),
    across: scale(right, halfWidth),
    along: scale(up, halfWidth / screen.aspectRatio),
  };
}

/** Undoes the narrowing that cartesian panning between M+-030 and U+-045 brings. BS.2127-1 clause 7.3.2. */
function compensateHeight({ azimuthDeg, elevationDeg }: Angles): Angles {
  const edgeDeg = interpolate(elevationDeg, [0, 30, 90], [30, 30 * (30 / 45), 30]);
  return {
    azimuthDeg: interpolate(azimuthDeg, [-180, -30, 30, 180], [-180, -edgeDeg, edgeDeg, 180]),
    elevationDeg,
  };
}
