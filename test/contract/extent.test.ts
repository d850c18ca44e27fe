import { describe, expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../src/base/coordinates.ts';
import type { ExtentShape } from '../../src/kernels/interfaces/extent.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createExtentGrid } from '../../src/render/panner/extent-grid.ts';
import { createPointSourcePanner } from '../../src/render/panner/point-source.ts';
import { noise } from '../support.ts';
import { largestDifference, scalar, sets } from './contract-support.ts';

describe.each(sets)('%s extent', (_, kernels) => {
  const layout = getLayout('9+10+3');
  const outputCount = layout.loudspeakers.length;
  const grid = createExtentGrid(createPointSourcePanner(layout), outputCount);
  const kernel = kernels.createExtent(grid, outputCount);
  const shapes = Array.from({ length: 200 }, (_, index) => {
    const random = noise(5, 700 + index, 1);
    const azimuthDeg = 180 * random[0]!;
    const elevationDeg = index % 10 === 0 ? 90 : 90 * random[1]!;
    const axes = [
      polarToCartesian(azimuthDeg - 90, 0),
      polarToCartesian(azimuthDeg, elevationDeg),
      polarToCartesian(azimuthDeg, elevationDeg + 90),
    ] as const;
    const [right, front, up] = index % 3 ? axes : [axes[2], axes[1], axes[0]];
    const radiusRad = Math.max(Math.PI / 72, Math.PI * Math.abs(random[2]!) ** 3);
    return { right, front, up, radiusRad, endRad: index % 7 ? Math.PI * Math.abs(random[3]!) : 0 };
  });

  /** The plain definition, by the angle from the arc. */
  function reference({ right, front, up, radiusRad, endRad }: ExtentShape): Float64Array {
    const sums = new Float64Array(outputCount);
    for (let n = 0; n < grid.points.length / 3; n++) {
      const along = (axis: Vec3): number =>
        grid.points[3 * n]! * axis[0] + grid.points[3 * n + 1]! * axis[1] + grid.points[3 * n + 2]! * axis[2];
      const aroundRad = Math.abs(Math.atan2(along(right), along(front)));
      const beyondRad = Math.max(0, aroundRad - endRad);
      // From the nearer end, or from the plane of the arc where that is nearer.
      const planar = Math.sqrt(Math.max(0, 1 - along(up) ** 2));
      const angleRad = Math.atan2(
        Math.hypot(along(up), planar * Math.sin(beyondRad)),
        planar * Math.cos(beyondRad),
      );
      const weight = Math.min(1, Math.max(0, 1 - (angleRad - radiusRad) / (Math.PI / 18)));
      for (let i = grid.gainStarts[n]!; i < grid.gainStarts[n + 1]!; i++) {
        sums[grid.outputs[i]!]! += weight * grid.gains[i]!;
      }
    }
    return sums;
  }

  test('agrees with the plain definition in 200 shapes', () => {
    const sums = new Float64Array(outputCount);
    for (const shape of shapes) {
      kernel.sum(shape, sums);
      expect(largestDifference(sums, reference(shape))).toBeLessThan(1e-6);
    }
  });

  test('agrees with its twin', () => {
    const twin = scalar.createExtent(grid, outputCount);
    const sums = [new Float64Array(outputCount), new Float64Array(outputCount)] as const;
    for (const shape of shapes) {
      kernel.sum(shape, sums[0]);
      twin.sum(shape, sums[1]);
      expect(largestDifference(...sums)).toBeLessThan(1e-8);
    }
  });

  test('refuses a grid that does not fit', () => {
    expect(() => kernels.createExtent(grid, 5)).toThrow('output is');
    expect(() => kernels.createExtent({ ...grid, points: new Float64Array(3) }, outputCount)).toThrow(
      'gainStarts',
    );
  });
});
