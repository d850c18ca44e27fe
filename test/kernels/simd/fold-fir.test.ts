import { expect, test } from 'vitest';
import { foldFir } from '../../../src/kernels/simd/fold-fir.ts';

test('mirrored phases become one pair of even and odd halves', () => {
  const coefficients = Float32Array.of(1, 2, 3, 4, 4, 3, 2, 1);
  const fir = foldFir({ phaseCount: 2, tapCount: 4, coefficients });
  expect(fir).toMatchObject({ foldedGroups: 1, plainGroups: 0 });
  expect([...fir.folded]).toEqual([2.5, -1.5, 0, 0, 2.5, -0.5, 0, 0]);
});

test('a symmetric phase pairs with itself, the middle tap counts half', () => {
  const fir = foldFir({ phaseCount: 1, tapCount: 3, coefficients: Float32Array.of(0.25, 1, 0.25) });
  expect([...fir.folded]).toEqual([0.25, 0, 0, 0, 0.5, 0, 0, 0]);
});

test('other phases stay as they are, four a group', () => {
  const coefficients = Float32Array.from({ length: 10 }, (_, i) => i + 1);
  const fir = foldFir({ phaseCount: 5, tapCount: 2, coefficients });
  expect(fir).toMatchObject({ foldedGroups: 0, plainGroups: 2 });
  expect([...fir.plain]).toEqual([1, 3, 5, 7, 2, 4, 6, 8, 9, 0, 0, 0, 10, 0, 0, 0]);
});
