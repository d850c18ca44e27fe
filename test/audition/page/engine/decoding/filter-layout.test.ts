import { expect, test } from 'vitest';
import { filterRows, rowPairs } from '../../../../../src/audition/page/engine/decoding/filter-layout.ts';

test('filters are cut into rows, each behind the same delay', () => {
  const { tapCount, rows } = filterRows(Float32Array.of(1, 2, 3, 4), 2, 1);
  expect(tapCount).toBe(3);
  expect(rows.map((row) => [...row])).toEqual([
    [0, 1, 2],
    [0, 3, 4],
  ]);
});

test('what cannot be cut evenly is refused with its numbers', () => {
  expect(() => filterRows(new Float32Array(5), 2, 0)).toThrow('5 values, which are not 2 rows');
  expect(() => filterRows(new Float32Array(0), 2, 0)).toThrow('0 values');
});

test('rows go in pairs, an odd one with silence', () => {
  const rows = [Float32Array.of(1), Float32Array.of(2), Float32Array.of(3)];
  expect(rowPairs(rows).map((pair) => pair.map((row) => row[0]))).toEqual([
    [1, 2],
    [3, 0],
  ]);
});
