import { expect, test } from 'vitest';
import { earFftLength, earWindow, planEarStep } from '../../src/kernels/ear-convolver-plan.ts';

test('windows a step apart add up to 1, and keep what is linear over time', () => {
  const stepFrames = 40;
  const window = earWindow(stepFrames);
  for (let n = 0; n < stepFrames; n++) {
    const [a, b, c] = [window[n]!, window[n + stepFrames]!, window[n + 2 * stepFrames]!];
    expect(a + b + c).toBeCloseTo(1, 6);
    // Centres of the three windows: one step ahead, here, one behind, from the middle of the step.
    expect(a - c).toBeCloseTo(n / stepFrames - 0.5, 6);
  }
});

test('the step is the longest that its transform and the limit allow', () => {
  expect(planEarStep(279, 41, 259)).toBe(232);
  for (const [tapCount, longest] of [
    [64, 259],
    [279, 259],
    [558, 518],
    [2048, 259],
  ] as const) {
    const stepFrames = planEarStep(tapCount, 41, longest);
    const fftLength = earFftLength({ tapCount, stepFrames, maximumDelaySamples: 41 });
    expect(stepFrames % 8).toBe(0);
    expect(stepFrames).toBeLessThanOrEqual(longest);
    expect(3 * stepFrames + tapCount - 1 + 41).toBeLessThanOrEqual(fftLength);
  }
});
