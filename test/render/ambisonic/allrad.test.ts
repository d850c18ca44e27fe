import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { allRadMatrix } from '../../../src/render/ambisonic/allrad.ts';
import { createPointSourcePanner } from '../../../src/render/panner/point-source.ts';

test('the omnidirectional column is the mean of the panning gains, symmetric, LFE silent', () => {
  const layout = getLayout('4+7+0');
  const matrix = allRadMatrix(3, layout, createPointSourcePanner(layout));
  expect(matrix).toHaveLength(12 * 16);
  const column = layout.loudspeakers.map((_, row) => matrix[row * 16]!);
  expect(column[3]).toBe(0);
  for (const [left, right] of [
    [0, 1],
    [4, 5],
    [6, 7],
    [8, 9],
    [10, 11],
  ] as const) {
    expect(column[left]).toBeCloseTo(column[right]!, 3);
    expect(column[left]).toBeGreaterThan(0);
  }
});

test('a finer grid changes little', () => {
  const layout = getLayout('0+5+0');
  const panner = createPointSourcePanner(layout);
  const fine = allRadMatrix(3, layout, panner, 200);
  const usual = allRadMatrix(3, layout, panner);
  expect(Math.max(...usual.map((value, i) => Math.abs(value - fine[i]!)))).toBeLessThan(1e-3);
});
