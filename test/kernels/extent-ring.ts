import type { ExtentGrid } from '../../src/kernels/interfaces/extent.ts';

/** 36 points around the horizon, 10 degrees apart to the left from the front, each with an output of its own. */
export const ring: ExtentGrid = {
  rows: [{ z: 0, radius: 1, firstPoint: 0, pointCount: 36 }],
  points: Float64Array.from({ length: 3 * 36 }, (_, i) => {
    const azimuthRad = (Math.floor(i / 3) * Math.PI) / 18;
    return [-Math.sin(azimuthRad), Math.cos(azimuthRad), 0][i % 3]!;
  }),
  gainStarts: Uint32Array.from({ length: 37 }, (_, n) => n),
  gains: new Float64Array(36).fill(1),
  outputs: Uint16Array.from({ length: 36 }, (_, n) => n),
};

/** Axes of a listener who looks ahead. */
export const upright = { right: [1, 0, 0], front: [0, 1, 0], up: [0, 0, 1] } as const;
