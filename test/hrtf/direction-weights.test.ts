import { expect, test } from 'vitest';
import { directionWeights } from '../../src/hrtf/direction-weights.ts';
import { ringDirections } from './sets.ts';

test('weights are the areas nearest to each direction', () => {
  const directions = ringDirections(10);
  const weights = directionWeights(directions);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  const cap = (1 - Math.cos((5 * Math.PI) / 180)) / 2;
  expect(Math.abs(weights[0]! / cap - 1)).toBeLessThan(0.1);
});

test('what is not covered does not count', () => {
  const directions = ringDirections(10, -40);
  const weights = directionWeights(directions);
  const lowest = weights.filter((_, i) => directions[2 * i + 1] === -40);
  const next = weights.filter((_, i) => directions[2 * i + 1] === -30);
  expect(Math.max(...lowest)).toBeLessThan(2 * Math.max(...next));
});
