import { expect, test } from 'vitest';
import { createLimiterGain } from '../../../src/kernels/scalar/limiter-gain.ts';

test('release: the reduction in octaves shrinks by the factor per sample', () => {
  const limiter = createLimiterGain({
    links: Float64Array.of(1),
    ceilingGain: 0.5,
    lookaheadSamples: 2,
    holdSamples: 0,
    release: { factor: 0.5, charge: 0, discharge: 0 },
  });
  const peaks = new Float32Array(12);
  peaks[0] = 1;
  const gains = new Float32Array(12);
  limiter.process([peaks], 12, [gains]);
  // One octave, held for look-ahead + 1 samples, then released, then averaged twice over two samples.
  const held = [0, 0, 1, 1, 1, 0.5, 0.25, 0.125];
  for (let n = 2; n < held.length; n++) {
    const reduction = (held[n]! + 2 * held[n - 1]! + held[n - 2]!) / 4;
    expect(-Math.log2(gains[n - 2]!)).toBeCloseTo(reduction, 6);
  }
});
