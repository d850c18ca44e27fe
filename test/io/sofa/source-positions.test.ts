import { expect, test } from 'vitest';
import { keepOneDistance } from '../../../src/io/sofa/source-positions.ts';

test('all are kept where each is a direction of its own', () => {
  const positions = Float64Array.from([0, 0, 1.2, 90, 0, 1.21, 0, 45, 1.2]);
  expect(keepOneDistance(positions)).toEqual({ kept: [0, 1, 2], isReduced: false });
});

test('nearer ones, a direction that was measured twice and azimuths of a pole are left out', () => {
  const positions = Float64Array.from([0, 0, 0.5, 0, 0, 1, 30, 0, 1, 390, 0, 1, 0, 90, 1, 120, 90, 1]);
  expect(keepOneDistance(positions)).toEqual({ kept: [1, 2, 4], isReduced: true });
});
