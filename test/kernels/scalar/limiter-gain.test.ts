import { expect, test } from 'vitest';
import { createLimiterGain } from '../../../src/kernels/scalar/limiter-gain.ts';

test('release: the distance to unity shrinks by the factor per sample', () => {
  const limiter = createLimiterGain({ lookaheadSamples: 2, releaseFactor: 0.5 });
  const required = new Float32Array(12).fill(1);
  required[0] = 0.5;
  const output = new Float32Array(12);
  limiter.process(required, 12, output);
  // Held for look-ahead + 1 samples, then released, then averaged twice over two samples.
  const held = [0, 0, 0.5, 0.5, 0.5, 0.25, 0.125, 0.0625];
  for (let n = 2; n < held.length; n++) {
    const distance = (held[n]! + 2 * held[n - 1]! + held[n - 2]!) / 4;
    expect(1 - output[n - 2]!).toBeCloseTo(distance, 7);
  }
});
