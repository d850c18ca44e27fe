import type { Vec3 } from '../../base/coordinates.ts';

/** Directions in rows of equal elevation, evenly spaced to the left from the front, and the gains that each has. */
export interface ExtentGrid {
  readonly rows: readonly GridRow[];
  /** Unit vectors: flat [point][xyz]. */
  readonly points: Float64Array;
  /** The gains of point n that are not 0 lie in `gains` and `outputs` from gainStarts[n] to gainStarts[n + 1]. */
  readonly gainStarts: Uint32Array;
  readonly gains: Float64Array;
  readonly outputs: Uint16Array;
}

/** Points at one elevation. */
export interface GridRow {
  /** Height of the row, and its distance from the vertical axis (0 at the poles). */
  readonly z: number;
  readonly radius: number;
  readonly firstPoint: number;
  readonly pointCount: number;
}

/** A band on the sphere around an arc, with a half circle at either end. */
export interface ExtentShape {
  /** Axes of the arc: its plane holds right and front, and its middle lies in front. */
  readonly right: Vec3;
  readonly front: Vec3;
  readonly up: Vec3;
  /** Half the height of the band; at least a quarter of the fade. */
  readonly radiusRad: number;
  /** Angle from the middle of the arc to either end, 0 to pi. */
  readonly endRad: number;
}

/** Sums the gains of all points of a grid, weighted 1 inside of a shape and fading to 0 around it. */
export interface ExtentKernel {
  readonly outputCount: number;
  /** @param sums [output], overwritten */
  sum(shape: ExtentShape, sums: Float64Array): void;
}
