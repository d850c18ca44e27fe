import { expect, test } from 'vitest';
import { earBand, earFftLength, earWindow, planEarSteps } from '../../src/kernels/ear-convolver-plan.ts';

test('windows a step apart add up to 1, and keep what is linear over time', () => {
  const stepFrames = 40;
  const window = earWindow(stepFrames);
  for (let n = 0; n < stepFrames; n++) {
    const [a, b, c, d] = [0, 1, 2, 3].map((step) => window[n + step * stepFrames]!);
    expect(a! + b! + c! + d!).toBeCloseTo(1, 6);
    // Centres of the four windows: two steps ahead, one ahead, here, one behind, from the start of the step.
    expect(2 * a! + b! - d!).toBeCloseTo(n / stepFrames, 6);
  }
});

test('bins come in fours and reach as high as asked', () => {
  const lengths = [1, 0.9, 0.9063, 0.01].map((bandwidth) => earBand(1024, bandwidth).length);
  expect(lengths).toEqual([512, 464, 468, 8]);
});

test('a band that is limited ends softly', () => {
  expect(earBand(1024, 1).every((weight) => weight === 1)).toBe(true);
  const band = earBand(1024, 0.9);
  expect(band.subarray(0, 464 - 23).every((weight) => weight === 1)).toBe(true);
  for (let bin = 464 - 22; bin < 464; bin++) expect(band[bin]!).toBeLessThan(band[bin - 1]!);
  expect(band[463]!).toBeGreaterThan(0);
  expect(band[463]!).toBeLessThan(0.01);
});

test('steps are as long as the limit allows, and blocks fill their transform', () => {
  expect(planEarSteps(279, 41, 720)).toEqual({ stepFrames: 704, blockSteps: 1 });
  for (const [tapCount, longest] of [
    [1, 720],
    [64, 720],
    [256, 660],
    [558, 1440],
    [2048, 720],
    [20_000, 720],
  ] as const) {
    const steps = planEarSteps(tapCount, 41, longest);
    const { stepFrames, blockSteps } = steps;
    const fftLength = earFftLength({ tapCount, ...steps, maximumDelaySamples: 41 });
    expect(stepFrames % 8).toBe(0);
    expect(stepFrames).toBeLessThanOrEqual(longest);
    expect(stepFrames).toBeGreaterThan(longest / 3);
    expect(blockSteps * stepFrames + tapCount - 1 + 41).toBeLessThanOrEqual(fftLength);
    // Blocks take a fair part of what the filters leave of a transform.
    expect(blockSteps * stepFrames).toBeGreaterThan(0.2 * (fftLength - tapCount - 41));
  }
});
