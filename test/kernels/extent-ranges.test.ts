import { expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { extentFadeRad, findExtentRanges, maximumRanges } from '../../src/kernels/extent-ranges.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { dot } from '../../src/math/vec3.ts';
import { createExtentGrid } from '../../src/render/panner/extent-grid.ts';
import { createPointSourcePanner } from '../../src/render/panner/point-source.ts';

const layout = getLayout('0+5+0');
const grid = createExtentGrid(createPointSourcePanner(layout), layout.loudspeakers.length);
const ranges = new Uint32Array(2 * maximumRanges(grid));

test('every point within reach of the front is in one range, and few others are', () => {
  for (const [azimuthDeg, elevationDeg] of [
    [0, 0],
    [179, -20],
    [-100, 60],
    [33, 90],
    [12, -89],
  ] as const) {
    const front = polarToCartesian(azimuthDeg, elevationDeg);
    for (const endRad of [0, 0.3, 1.4, 2.9, Math.PI]) {
      const shape = { right: front, front, up: front, radiusRad: 0.1, endRad };
      const rangeCount = findExtentRanges(grid, shape, ranges);
      const found = Array.from({ length: rangeCount }, (_, range) =>
        Array.from({ length: ranges[2 * range + 1]! - ranges[2 * range]! }, (_, i) => ranges[2 * range]! + i),
      ).flat();
      expect(new Set(found).size).toBe(found.length);
      const reachRad = endRad + 0.1 + extentFadeRad;
      const within = Array.from({ length: grid.points.length / 3 }, (_, n) => n).filter((n) => {
        const point = [grid.points[3 * n]!, grid.points[3 * n + 1]!, grid.points[3 * n + 2]!] as const;
        return Math.acos(Math.min(1, dot(point, front))) <= reachRad;
      });
      expect(within.filter((n) => !found.includes(n))).toEqual([]);
      expect(found.length).toBeLessThanOrEqual(within.length + 4);
    }
  }
});
