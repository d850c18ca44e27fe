import { expect, test } from 'vitest';
import { createStereoConvolver } from '../../../src/kernels/scalar/stereo-convolver.ts';

test('a new filter fades in over one hop', () => {
  const convolver = createStereoConvolver({ inputCount: 1, tapCount: 1, hopFrames: 64 });
  const ones = [new Float32Array(64).fill(1)];
  const [left, right] = [new Float32Array(64), new Float32Array(64)];
  convolver.setFilters(0, [1], [0]);
  convolver.processHop(ones, left, right);
  expect(left[0]).toBeCloseTo(1, 6);
  convolver.setFilters(0, [0], [1]);
  convolver.processHop(ones, left, right);
  for (const frame of [0, 16, 63]) {
    expect(left[frame]).toBeCloseTo(1 - frame / 64, 6);
    expect(right[frame]).toBeCloseTo(frame / 64, 6);
  }
});
