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
    sampleRateHz: 48000,
    channelCounts: [1],
    detector: 'exact',
    links: Float64Array.of(1),
    ceilingGain: 0.5,
    neighbourSamples: 4,
    lookaheadSamples: 40,
    release: { factor: 0.99, charge: 0, discharge: 0 },
  });
  const input = new Float32Array(limiterStageCapacityFrames).fill(0.1);
  input[300] = 1;
  const output = new Float32Array(limiterStageCapacityFrames);
  stage.process([[input]], 600, [[output]]);
  const at = 300 + stage.latencySamples;
  const gains = stage.gains[0]!;
  expect(output[at]).toBeLessThanOrEqual(0.5);
  expect(output[at]).toBeGreaterThan(0.45);
  for (let k = -4; k <= 4; k++) expect(gains[at + k]).toBeLessThanOrEqual(gains[at]! + 0.003);
  expect(output[at - 60]).toBe(Math.fround(0.1));
});

test('holdSamples keep the gain down longer, and links reach other groups', () => {
  const gainsOf = (holdSamples: number): readonly Float32Array[] => {
    const stage = createLimiterStage({
      kernels,
      sampleRateHz: 48000,
      channelCounts: [1, 1],
      detector: 'fast',
      links: Float64Array.of(1, 0, 0.5, 1),
      ceilingGain: 0.5,
      neighbourSamples: 4,
      holdSamples,
      lookaheadSamples: 40,
      release: { factor: 0.5, charge: 0, discharge: 0 },
    });
    const input = new Float32Array(1000);
    input[300] = 1;
    const quiet = new Float32Array(1000);
    stage.process([[input], [quiet]], 1000, [[new Float32Array(1000)], [quiet]]);
    return stage.gains;
  };
  const downFrames = (gains: Float32Array): number =>
    gains.subarray(0, 1000).filter((gain) => gain < 0.6).length;
  const [short, long] = [gainsOf(0), gainsOf(100)];
  expect(downFrames(long[0]!) - downFrames(short[0]!)).toBe(100);
  expect(Math.min(...long[1]!.subarray(0, 1000))).toBeCloseTo(
    Math.sqrt(Math.min(...long[0]!.subarray(0, 1000))),
    6,
  );
});
