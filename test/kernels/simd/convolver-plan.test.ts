import { expect, test } from 'vitest';
import { planConvolver } from '../../../src/kernels/simd/convolver-plan.ts';

test('every plan covers the hop and the filters', () => {
  for (const tapCount of [1, 63, 64, 65, 256, 511, 512, 513, 4096, 50000]) {
    for (let hopFrames = 64; hopFrames <= 8192; hopFrames *= 2) {
      const { fftLength, stepFrames, partitionCount } = planConvolver(tapCount, hopFrames);
      expect(Number.isInteger(Math.log2(fftLength))).toBe(true);
      expect(stepFrames).toBeLessThanOrEqual(hopFrames);
      if (partitionCount === 1) {
        expect(fftLength).toBeGreaterThanOrEqual(stepFrames + tapCount - 1);
      } else {
        expect(fftLength).toBe(2 * stepFrames);
        expect(hopFrames % stepFrames).toBe(0);
        expect(partitionCount * stepFrames).toBeGreaterThanOrEqual(tapCount);
      }
    }
  }
});

test('short filters take one partition, long ones in short hops several', () => {
  expect(planConvolver(512, 512)).toEqual({ fftLength: 1024, stepFrames: 512, partitionCount: 1 });
  expect(planConvolver(8192, 256).partitionCount).toBeGreaterThan(4);
});
