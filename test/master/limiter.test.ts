import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createLimiter, limiterGroups, type LimiterOptions } from '../../src/master/limiter.ts';
import { noise } from '../support.ts';
import { denseMix, limiterBattery, truePeak32 } from './limiter-battery.ts';

const kernels = createScalarKernels();
const simd = await loadKernels();

/** Limits a whole programme, head trimmed. */
function limit(
  channels: readonly Float32Array[],
  options: Partial<LimiterOptions> = {},
  blockFrames = 4096,
): { outputs: Float32Array[]; maxReductionDb: number } {
  const limiter = createLimiter({
    kernels,
    sampleRateHz: 48000,
    channelCount: channels.length,
    ...options,
  });
  const length = channels[0]!.length;
  const total = length + limiter.latencySamples;
  const padded = channels.map((channel) => {
    const copy = new Float32Array(total);
    copy.set(channel);
    return copy;
  });
  const outputs = channels.map(() => new Float32Array(total));
  for (let from = 0; from < total; from += blockFrames) {
    const to = Math.min(total, from + blockFrames);
    const cut = (arrays: Float32Array[]) => arrays.map((array) => array.subarray(from, to));
    const frameCount = to - from;
    limiter.process({ channels: cut(padded), frameCount }, { channels: cut(outputs), frameCount });
  }
  return {
    outputs: outputs.map((output) => output.subarray(limiter.latencySamples)),
    maxReductionDb: limiter.maxReductionDb,
  };
}

describe.each(limiterBattery(24000))('%s', (_name, signal) => {
  test.each([
    ['scalar', kernels],
    ['simd', simd],
  ])(
    '%s: stays below -1 dBTP in a 32-fold interpolation, and loses no more than that takes',
    (_kind, set) => {
      const { outputs, maxReductionDb } = limit([signal], { kernels: set });
      const truePeakDbtp = 20 * Math.log10(truePeak32(outputs[0]!));
      expect(truePeakDbtp).toBeLessThanOrEqual(-1);
      expect(truePeakDbtp).toBeGreaterThan(-1.06);
      const overDb = 20 * Math.log10(truePeak32(signal)) + 1;
      expect(maxReductionDb).toBeGreaterThanOrEqual(overDb - 0.01);
      // White noise near the Nyquist frequency grows new peaks when its gain moves, and those are mended too.
      expect(maxReductionDb).toBeLessThan(overDb + 0.3);
    },
  );
});

test('what is below the ceiling passes bit for bit, and no reduction is reported', () => {
  const signal = denseMix(20000).map((x) => x * 0.5);
  const { outputs, maxReductionDb } = limit([signal, signal.toReversed()]);
  expect(outputs[0]).toEqual(signal);
  expect(outputs[1]).toEqual(signal.toReversed());
  expect(maxReductionDb).toBeCloseTo(0, 12);
});

test('the same bits for any block size', () => {
  const channels = [noise(6000, 1, 2), noise(6000, 2, 0.4)];
  const [first, ...others] = [1, 7, 512, 4096].map((blockFrames) => limit(channels, {}, blockFrames).outputs);
  for (const other of others) expect(other).toEqual(first);
});

test('both sets of kernels give the same signal within 2e-6, and each the same bits for any block size', () => {
  const channels = [noise(9000, 1, 1.5), denseMix(9000).map((x) => 2 * x)];
  const gainDb = 1.3;
  const scalar = limit(channels, { gainDb }).outputs;
  const [first, ...others] = [4096, 1, 7, 512, 9000].map(
    (blockFrames) => limit(channels, { kernels: simd, gainDb }, blockFrames).outputs,
  );
  for (const other of others) expect(other).toEqual(first);
  first!.forEach((output, row) => {
    output.forEach((x, n) => expect(Math.abs(x - scalar[row]![n]!)).toBeLessThan(2e-6));
  });
});

test('linked channels share a gain; other groups and free channels do not', () => {
  const loud = denseMix(9600).map((x) => x * 3);
  const tone = Float32Array.from({ length: 9600 }, (_, n) => 0.3 * Math.sin(n / 5));
  const { outputs } = limit([loud, tone, tone, tone], { channelGroups: [[0, 1], [2]] });
  const gain = (n: number) => outputs[0]![n]! / loud[n]!;
  for (const n of [3000, 5001, 8000]) {
    expect(gain(n)).toBeLessThan(0.9);
    expect(outputs[1]![n]! / tone[n]!).toBeCloseTo(gain(n), 5);
  }
  expect(outputs[2]).toEqual(tone);
  expect(outputs[3]).toEqual(tone);
});

test('the gain has no steps: a quiet tone beside a burst is bent, not cut', () => {
  const burst = new Float32Array(96000);
  burst.set(noise(200, 3, 2), 5000);
  const { outputs } = limit([burst, new Float32Array(96000).fill(0.1)]);
  const gains = outputs[1]!.map((x) => x / 0.1);
  let steepest = 0;
  let sharpest = 0;
  for (let n = 2; n < 40000; n++) {
    steepest = Math.max(steepest, Math.abs(gains[n]! - gains[n - 1]!));
    sharpest = Math.max(sharpest, Math.abs(gains[n]! - 2 * gains[n - 1]! + gains[n - 2]!));
  }
  expect(Math.min(...gains)).toBeLessThan(0.6);
  expect(steepest).toBeLessThan(0.012);
  expect(sharpest).toBeLessThan(0.0012);
  // Released exactly, within two seconds.
  expect(outputs[1]!.at(-1)).toBe(Math.fround(0.1));
});

test('reset returns to the start', () => {
  const limiter = createLimiter({ kernels, sampleRateHz: 48000, channelCount: 1 });
  const input = { channels: [noise(5000, 5, 3)], frameCount: 5000 };
  const first = { channels: [new Float32Array(5000)], frameCount: 5000 };
  const second = { channels: [new Float32Array(5000)], frameCount: 5000 };
  limiter.process(input, first);
  expect(limiter.maxReductionDb).toBeGreaterThan(6);
  limiter.reset();
  expect(limiter.maxReductionDb).toBeCloseTo(0, 12);
  limiter.process(input, second);
  expect(second.channels).toEqual(first.channels);
});

test('groups of a layout: the LFE apart unless it is linked in', () => {
  const layout = getLayout('5.1');
  expect(limiterGroups(layout)).toEqual([[0, 1, 2, 4, 5], [3]]);
  expect(limiterGroups(layout, { linkLfe: true })).toEqual([[0, 1, 2, 3, 4, 5]]);
  expect(limiterGroups(getLayout('0+2+0'))).toEqual([[0, 1]]);
});
