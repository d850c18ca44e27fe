import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createExtentGrid } from '../../../src/render/panner/extent-grid.ts';
import { createPointSourcePanner } from '../../../src/render/panner/point-source.ts';

test('37 rows of unit vectors, each panned', () => {
  const layout = getLayout('4+7+0');
  const grid = createExtentGrid(createPointSourcePanner(layout), layout.loudspeakers.length);
  expect(grid.rows).toHaveLength(37);
  expect(grid.rows.map(({ pointCount }) => pointCount).filter((_, row) => row % 9 === 0)).toEqual([
    1, 51, 72, 51, 1,
  ]);
  const pointCount = grid.points.length / 3;
  expect(pointCount).toBe(grid.rows.at(-1)!.firstPoint + 1);
  for (let n = 0; n < pointCount; n++) {
    expect(Math.hypot(...grid.points.subarray(3 * n, 3 * n + 3))).toBeCloseTo(1, 12);
    const power = grid.gains
      .subarray(grid.gainStarts[n], grid.gainStarts[n + 1])
      .reduce((sum, gain) => sum + gain * gain, 0);
    expect(power).toBeCloseTo(1, 12);
  }
});
