import { expect, test } from 'vitest';
import {
  add,
  centroid,
  cross,
  distance,
  dot,
  length,
  normalize,
  scale,
  subtract,
} from '../../src/math/vec3.ts';

test('products', () => {
  expect(dot([1, 2, 3], [4, -5, 6])).toBe(12);
  expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
  expect(scale([1, -2, 3], 2)).toEqual([2, -4, 6]);
});

test('sums, lengths and means', () => {
  expect(add([1, 2, 3], [1, 1, 1])).toEqual([2, 3, 4]);
  expect(subtract([1, 2, 3], [1, 1, 1])).toEqual([0, 1, 2]);
  expect(length([2, 3, 6])).toBe(7);
  expect(distance([3, 0, 1], [0, 4, 1])).toBe(5);
  expect(normalize([0, 0, -4])).toEqual([0, 0, -1]);
  expect(
    centroid([
      [1, 0, 0],
      [0, 1, 0],
      [-1, -1, 3],
    ]),
  ).toEqual([0, 0, 1]);
});
