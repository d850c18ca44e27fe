import { expect, test } from 'vitest';
import { maxReWeights } from '../../../src/render/ambisonic/max-re.ts';

test('weights of Zotter and Frank: 0.577 at order 1, falling with the degree, none negative', () => {
  expect(maxReWeights(1)[1]).toBeCloseTo(1 / Math.sqrt(3), 2);
  for (let order = 1; order <= 7; order++) {
    const weights = maxReWeights(order);
    expect(weights).toHaveLength(order + 1);
    expect(weights[0]).toBe(1);
    for (let n = 1; n <= order; n++) {
      expect(weights[n]).toBeLessThan(weights[n - 1]!);
      expect(weights[n]).toBeGreaterThan(0);
    }
  }
});
