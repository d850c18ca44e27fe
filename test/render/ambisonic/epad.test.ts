import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { multiplyMatrices, transposeMatrix } from '../../../src/math/linear-algebra.ts';
import { epadMatrix } from '../../../src/render/ambisonic/epad.ts';

test('columns are orthonormal on a layout with height', () => {
  const matrix = epadMatrix(1, getLayout('4+7+0'));
  const gram = multiplyMatrices(transposeMatrix(matrix, 12, 4), matrix, 4, 12, 4);
  gram.forEach((value, i) => expect(value).toBeCloseTo(i % 5 === 0 ? 1 : 0, 12));
  expect([...matrix.subarray(12, 16)]).toEqual([0, 0, 0, 0]);
});

test('a flat layout gets nothing of Z, and the rest is preserved', () => {
  const matrix = epadMatrix(1, getLayout('0+5+0'));
  const gram = multiplyMatrices(transposeMatrix(matrix, 6, 4), matrix, 4, 6, 4);
  gram.forEach((value, i) => expect(value).toBeCloseTo([0, 5, 15].includes(i) ? 1 : 0, 12));
});
