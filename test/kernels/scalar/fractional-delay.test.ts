import { expect, test } from 'vitest';
import { fractionalDelayTable } from '../../../src/dsp/fractional-delay.ts';
import { readDelayed } from '../../../src/kernels/scalar/fractional-delay.ts';

test.each([0, 1e-4, 0.003, 0.4])('a straight line stays one, later by the delay; step %f', (step) => {
  const origin = 64;
  const line = Float32Array.from({ length: origin + 64 }, (_, i) => (i - origin) / 64);
  const output = new Float32Array(64);
  readDelayed(fractionalDelayTable(), line, origin, 20.3, step, output);
  output.forEach((sample, n) => expect(sample).toBeCloseTo((n - 20.3 - step * n) / 64, 4));
});
