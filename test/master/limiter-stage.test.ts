import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import {
  createExactDetector,
  createFastDetector,
  createLimiterStage,
  limiterStageCapacityFrames,
} from '../../src/master/limiter-stage.ts';

const kernels = createScalarKernels();

describe.each([
  ['fast', createFastDetector, 0.1],
  ['exact', createExactDetector, 0.002],
] as const)('%s detector', (_name, createDetector, tolerance) => {
  test('hears the crest between two samples of any channel, its delay later', () => {
    const detector = createDetector(kernels, 2);
    const length = 400;
    // rate/16, the crest midway between samples 200 and 201, fading out to both sides.
    const tone = Float32Array.from({ length }, (_, n) => {
      const d = n - 200.5;
      return Math.cos((2 * Math.PI * d) / 16) * Math.exp(-((d / 60) ** 2));
    });
    const output = new Float32Array(length);
    detector.envelope([new Float32Array(length), tone], length, 0.5, output);
    expect(Math.abs(output[200 + detector.delaySamples]! - 1)).toBeLessThan(tolerance);
    expect(output[0]).toBe(0.5);
    detector.reset();
    detector.envelope([new Float32Array(length), new Float32Array(length)], length, 0.5, output);
    expect(output).toEqual(new Float32Array(length).fill(0.5));
  });
});

test('a stage brings a peak to its ceiling after its declared latency, its neighbours alike', () => {
  const stage = createLimiterStage({
    kernels,
    channelCount: 1,
    detector: createExactDetector(kernels, 1),
    ceilingGain: 0.5,
    holdSamples: 4,
    lookaheadSamples: 40,
    releaseFactor: 0.99,
  });
  const input = new Float32Array(limiterStageCapacityFrames).fill(0.1);
  input[300] = 1;
  const output = new Float32Array(limiterStageCapacityFrames);
  stage.process([input], 600, [output]);
  const at = 300 + stage.latencySamples;
  expect(output[at]).toBeLessThanOrEqual(0.5);
  expect(output[at]).toBeGreaterThan(0.45);
  for (let k = -4; k <= 4; k++) expect(stage.gains[at + k]).toBeLessThanOrEqual(stage.gains[at]! + 0.003);
  expect(output[at - 60]).toBe(Math.fround(0.1));
});
