import type { Vec3 } from '../base/coordinates.ts';

/** A screen as BS.2076 clause 9.9 (audioProgrammeReferenceScreen) describes it; aspect ratio is width by height. */
export type Screen =
  | {
      readonly kind: 'polar';
      /** Its centre. */
      readonly azimuthDeg: number;
      readonly elevationDeg: number;
      readonly distance: number;
      readonly aspectRatio: number;
      /** Angle between its left and right edge, seen from the listener. */
      readonly widthAzimuthDeg: number;
    }
  | {
      readonly kind: 'cartesian';
      readonly centre: Vec3;
      readonly aspectRatio: number;
      /** Width along x. */
      readonly widthX: number;
    };

/** The screen of BS.2127-1 clause 5.4 where none is given. */
export const defaultScreen: Screen = Object.freeze({
  kind: 'polar',
  azimuthDeg: 0,
  elevationDeg: 0,
  distance: 1,
  aspectRatio: 1.78,
  widthAzimuthDeg: 58,
});
