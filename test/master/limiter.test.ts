import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import {
  createLimiter,
  limiterRelease,
  type Limiter,
  type LimiterOptions,
} from '../../src/master/limiter.ts';
import type { LimiterGroup } from '../../src/master/limiter-groups.ts';
import { noise } from '../support.ts';
import { denseMix, limiterBattery, truePeak32 } from './limiter-battery.ts';

const kernels = createScalarKernels();
const simd = await loadKernels();

/** Limits a whole programme, head trimmed. */
function limit(
  channels: readonly Float32Array[],
  options: Partial<LimiterOptions> = {},
  blockFrames = 4096,
): { outputs: Float32Array[]; maxReductionDb: number; limiter: Limiter } {
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
    limiter,
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

describe('groups', () => {
  const loud = denseMix(24000).map((x) => x * 3);
  const tone = Float32Array.from({ length: 24000 }, (_, n) => 0.05 * Math.sin(n / 5));
  const groups: LimiterGroup[] = [
    { name: 'height', channels: [0, 1] },
    { name: 'front', channels: [2] },
    { name: 'lfe', channels: [3] },
  ];
  const reductionDb = (output: Float32Array, input: Float32Array, n: number): number =>
    20 * Math.log10(input[n]! / output[n]!);

  test.each([0, 25, 50, 100])(
    'at a link of %i percent the front is reduced by that share of the height in dB',
    (percent) => {
      const { outputs, limiter } = limit([loud, tone, tone, tone], {
        groups,
        settings: { linkPercent: percent },
      });
      for (let n = 2000; n < 24000; n += 7) {
        if (Math.abs(tone[n]!) < 0.02) continue;
        const heightDb = reductionDb(outputs[1]!, tone, n);
        expect(heightDb).toBeGreaterThan(0.5);
        expect(Math.abs(reductionDb(outputs[2]!, tone, n) - (percent / 100) * heightDb)).toBeLessThan(1e-5);
      }
      const [height, front] = limiter.reductions;
      expect(front!.maxReductionDb / height!.maxReductionDb).toBeCloseTo(percent / 100, 4);
      expect(front!.meanReductionDb / height!.meanReductionDb).toBeCloseTo(percent / 100, 2);
      expect(outputs[3]).toEqual(tone);
    },
  );

  test('the LFE has a link of its own, both ways', () => {
    const apart = limit([tone, tone, tone, loud], { groups }).outputs;
    expect(apart[2]).toEqual(tone);
    const [height, front, lfe] = limit([tone, tone, tone, loud], { groups, settings: { lfeLinkPercent: 40 } })
      .limiter.reductions;
    for (const { maxReductionDb } of [height!, front!]) {
      expect(maxReductionDb / lfe!.maxReductionDb).toBeCloseTo(0.4, 4);
    }
  });

  test('every group keeps the ceiling at any link', () => {
    const channels = [loud, noise(24000, 3, 2), denseMix(24000, 8).map((x) => 4 * x), noise(24000, 4, 1.5)];
    for (const linkPercent of [0, 30, 100]) {
      for (const output of limit(channels, { kernels: simd, groups, settings: { linkPercent } }).outputs) {
        expect(20 * Math.log10(truePeak32(output))).toBeLessThanOrEqual(-1);
      }
    }
  });

  test('a list that leaves a channel out is refused', () => {
    expect(() => createLimiter({ kernels, sampleRateHz: 48000, channelCount: 5, groups })).toThrow('0..4');
  });
});

test('the reduction bends no more than both averages allow: no step in its first derivative', () => {
  const burst = new Float32Array(120000);
  burst.set(noise(200, 3, 2), 5000);
  burst.set(noise(3000, 4, 3), 30000);
  const { outputs, maxReductionDb } = limit([burst, new Float32Array(120000).fill(0.1)]);
  const dbs = Float64Array.from(outputs[1]!, (x) => 20 * Math.log10(x / 0.1));
  let sharpestDb = 0;
  for (let n = 2; n < dbs.length; n++) {
    sharpestDb = Math.max(sharpestDb, Math.abs(dbs[n]! - 2 * dbs[n - 1]! + dbs[n - 2]!));
  }
  // 2 R / box^2 for each stage: 121 samples and what the second one mends (under 1 dB) over 37; then rounding.
  expect(maxReductionDb).toBeGreaterThan(6);
  expect(sharpestDb).toBeLessThan((2 * maxReductionDb) / 121 ** 2 + 2 / 37 ** 2 + 8 * 2 ** -24 * 8.7 * 4);
});

test('release: a lone peak is over soon, a dense passage lets go slowly', () => {
  const rate = 48000;
  const reductionsAfter = (lengthSec: number): number[] => {
    const dense = new Float32Array(11 * rate);
    const from = rate / 10;
    for (let n = 0; n < lengthSec * rate; n++) dense[from + n] = 2 * Math.sin(n / 3);
    const { outputs } = limit([dense, new Float32Array(11 * rate).fill(0.05)], { kernels: simd });
    return [0.1, 0.3, 1, 7].map(
      (sec) => 20 * Math.log10(0.05 / outputs[1]![from + Math.round((lengthSec + sec) * rate)]!),
    );
  };
  const [short, long] = [reductionsAfter(0.002), reductionsAfter(3)];
  expect(short[0]).toBeLessThan(2);
  expect(short[1]).toBeLessThan(0.45);
  expect(long[1]).toBeGreaterThan(3.5);
  expect(long[2]).toBeLessThan(2);
  expect([short[3], long[3]].map((x) => Math.round(x! * 1000))).toEqual([0, 0]);
  const { factor, charge, discharge } = limiterRelease(60, rate);
  expect(factor ** (0.06 * rate)).toBeCloseTo(1 / Math.E, 10);
  expect((1 - charge) ** (0.3 * rate)).toBeCloseTo(1 / Math.E, 10);
  expect((1 - discharge) ** (0.6 * rate)).toBeCloseTo(1 / Math.E, 10);
});

test('the trace holds the deepest reduction of each 100 ms of the programme', () => {
  const hit = new Float32Array(48000).fill(0.1);
  hit[24000] = 2;
  const { limiter } = limit([hit], { programmeFrames: 48000 });
  const trace = limiter.traceDb[0]!;
  expect(trace.length).toBe(10);
  expect([...trace.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  expect(trace[4]).toBeGreaterThan(0);
  expect(trace[5]).toBeCloseTo(limiter.maxReductionDb, 5);
  expect(trace[9]).toBeLessThan(1);
});

describe('dips', () => {
  const signal = denseMix(24000).map((x) => x * 2.5);
  const run = (dips: LimiterOptions['dips']) => limit([signal, signal], { kernels: simd, dips }).outputs;

  test('turn the programme down where an over was, smoothly, and nowhere else', () => {
    const plain = run([])[0]!;
    const dipped = run([
      { group: 0, frame: 12000, depthDb: 0.3 },
      { group: 0, frame: 5, depthDb: 0.3 },
    ])[0]!;
    const depthDb = (n: number): number => 20 * Math.log10(plain[n]! / dipped[n]!);
    for (let n = 11960; n <= 12040; n++) expect(depthDb(n)).toBeCloseTo(0.3, 3);
    expect(depthDb(5)).toBeCloseTo(0.3, 3);
    expect(dipped.subarray(1000, 11700)).toEqual(plain.subarray(1000, 11700));
    expect(dipped.subarray(12300)).toEqual(plain.subarray(12300));
  });
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

describe('odd input', () => {
  test.each([8000, 44100, 192000])('at %i Hz', (sampleRateHz) => {
    const channels = [denseMix(20000).map((x) => 3 * x)];
    const { outputs } = limit(channels, { sampleRateHz, kernels: simd });
    expect(20 * Math.log10(truePeak32(outputs[0]!))).toBeLessThanOrEqual(-1);
  });

  test('one sample, silence, DC, denormals, 64 channels', () => {
    const peakOf = (channels: Float32Array[]) =>
      limit(channels, { kernels: simd }).outputs.map((output) => 20 * Math.log10(truePeak32(output)));
    expect(peakOf([Float32Array.of(4)])[0]).toBeLessThanOrEqual(-1);
    expect(limit([new Float32Array(5000)], { kernels: simd }).outputs[0]).toEqual(new Float32Array(5000));
    const dc = limit([new Float32Array(30000).fill(-3)], { kernels: simd }).outputs[0]!;
    const dcDb = 20 * Math.log10(-dc[15000]!);
    expect(dcDb).toBeLessThanOrEqual(-1);
    expect(dcDb).toBeGreaterThan(-1.06);
    const tiny = limit([new Float32Array(5000).fill(1e-40)], { kernels: simd }).outputs[0]!;
    expect(tiny.every((x) => x === 0)).toBe(true);
    const many = Array.from({ length: 64 }, (_, row) => noise(3000, row, row === 63 ? 3 : 0.1));
    for (const peakDbtp of peakOf(many)) expect(peakDbtp).toBeLessThanOrEqual(-1);
  });

  test.each([
    ['scalar', kernels],
    ['simd', simd],
  ])('%s: NaN and infinities end with their neighbourhood', (_kind, set) => {
    const bad = denseMix(30000);
    bad.set([NaN, Infinity, -Infinity, 1e30], 3000);
    const { outputs, maxReductionDb } = limit([bad, denseMix(30000)], { kernels: set });
    expect(maxReductionDb).toBeGreaterThan(6);
    expect(outputs[1]!.every((x) => Math.abs(x) <= 1)).toBe(true);
    expect(outputs[0]!.subarray(4000).every((x) => Math.abs(x) <= 1)).toBe(true);
  });
});
