import { expect, test } from 'vitest';
import { composeFolds } from '../../../src/render/downmix/compose-folds.ts';

const rows = (...values: readonly number[]) => Float64Array.from(values);

test('one matrix behind the other: their product', () => {
  // Three inputs, two between, one output.
  const first = { matrix: rows(1, 2, 3, 4, 5, 6), quadrature: undefined };
  const second = { matrix: rows(10, 100), quadrature: undefined };
  expect(composeFolds(first, second, 2)).toEqual({ matrix: rows(410, 520, 630), quadrature: undefined });
});

test('what is turned stays turned, and turned twice is upside down', () => {
  // As complex numbers: (1 + 2j, 3 + 4j) times (5 + 6j) is (-7 + 16j, -9 + 38j).
  const first = { matrix: rows(1, 3), quadrature: rows(2, 4) };
  const second = { matrix: rows(5), quadrature: rows(6) };
  expect(composeFolds(first, second, 1)).toEqual({ matrix: rows(-7, -9), quadrature: rows(16, 38) });
  expect(composeFolds(first, { matrix: rows(5), quadrature: undefined }, 1)).toEqual({
    matrix: rows(5, 15),
    quadrature: rows(10, 20),
  });
  expect(composeFolds({ matrix: rows(1, 3), quadrature: undefined }, second, 1)).toEqual({
    matrix: rows(5, 15),
    quadrature: rows(6, 18),
  });
});
