import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLayoutStage } from '../../src/master/layout-stage.ts';
import { noise } from '../support.ts';
import { denseMix, truePeak32 } from './limiter-battery.ts';

const kernels = createScalarKernels();
const shared = { kernels, sampleRateHz: 48000 } as const;

function run(
  channels: readonly Float32Array[],
  options: Partial<Parameters<typeof createLayoutStage>[0]>,
  blockFrames = 4096,
) {
  const stage = createLayoutStage({
    ...shared,
    channelCount: channels.length,
    gainDb: 0,
    bitDepth: 24,
    dither: 'tpdf',
    ...options,
  });
  const length = channels[0]!.length;
  const outputs = channels.map(() => new Float32Array(length));
  for (let from = 0; from < length; from += blockFrames) {
    const cut = (arrays: readonly Float32Array[]) => arrays.map((a) => a.subarray(from, from + blockFrames));
    const frameCount = Math.min(blockFrames, length - from);
    stage.process({ channels: cut(channels), frameCount }, { channels: cut(outputs), frameCount });
  }
  return { outputs, stage };
}

test('float output at 0 dB below the ceiling is the input, later by the declared latency', () => {
  const signal = denseMix(8000).map((x) => x * 0.5);
  const { outputs, stage } = run([signal], { bitDepth: 32 });
  const { latencySamples } = stage;
  expect(outputs[0]!.subarray(latencySamples)).toEqual(signal.subarray(0, 8000 - latencySamples));
  expect(stage.maxReductionDb).toBeCloseTo(0, 12);
});

test('gain, ceiling and word length all hold in what comes out', () => {
  const { outputs, stage } = run([denseMix(24000)], { gainDb: 6, ceilingDbtp: -3, bitDepth: 16 });
  const output = outputs[0]!;
  expect(20 * Math.log10(truePeak32(output))).toBeLessThanOrEqual(-3);
  expect(20 * Math.log10(truePeak32(output))).toBeGreaterThan(-3.06);
  expect(output.every((x) => Number.isInteger(x * 32768))).toBe(true);
  expect(stage.maxReductionDb).toBeGreaterThan(3);
});

test('the same bits for any block size', () => {
  const channels = [noise(5000, 1), noise(5000, 2)];
  const [first, ...others] = [1, 7, 512, 4096].map((size) => run(channels, { gainDb: 3 }, size).outputs);
  for (const other of others) expect(other).toEqual(first);
});

test('reset returns to the start', () => {
  const stage = createLayoutStage({ ...shared, channelCount: 1, gainDb: 6, bitDepth: 24, dither: 'tpdf' });
  const input = { channels: [noise(3000, 4)], frameCount: 3000 };
  const outputs = [0, 1].map(() => {
    const output = { channels: [new Float32Array(3000)], frameCount: 3000 };
    stage.process(input, output);
    stage.reset();
    return output.channels[0];
  });
  expect(outputs[1]).toEqual(outputs[0]);
  expect(stage.maxReductionDb).toBeCloseTo(0, 12);
});

describe('where the peak of the input is known', () => {
  const signal = denseMix(24000).map((x) => x * 0.5);
  const inputPeakDbtp = 20 * Math.log10(truePeak32(signal)) + 0.01;

  test('a limiter without work is left out, and the bound on the output holds', () => {
    const options = { gainDb: -1 - inputPeakDbtp - 0.01, bitDepth: 16, inputPeakDbtp } as const;
    const { outputs, stage } = run([signal], options);
    expect(stage).toMatchObject({ latencySamples: 0, maxReductionDb: 0 });
    const peakDbtp = 20 * Math.log10(truePeak32(outputs[0]!));
    expect(peakDbtp).toBeLessThanOrEqual(stage.highestPeakDbtp!);
    expect(stage.highestPeakDbtp).toBeLessThanOrEqual(-1);
    const gain = 10 ** (options.gainDb / 20);
    const error = outputs[0]!.map((x, n) => Math.abs(x - signal[n]! * gain));
    expect(Math.max(...error)).toBeLessThanOrEqual(1.51 / 32768);
    const gained = run([signal], { ...options, bitDepth: 32 }).outputs[0]!;
    expect(gained).toEqual(signal.map((x) => x * Math.fround(gain)));
  });

  test('the samples are those of a limiter that does nothing, but for its latency', () => {
    const options = { gainDb: -20 - inputPeakDbtp, bitDepth: 24, dither: 'none' } as const;
    const limited = run([signal], options);
    const { latencySamples } = limited.stage;
    expect(latencySamples).toBeGreaterThan(0);
    const { outputs } = run([signal], { ...options, inputPeakDbtp });
    expect(outputs[0]!.subarray(0, signal.length - latencySamples)).toEqual(
      limited.outputs[0]!.subarray(latencySamples),
    );
  });

  test('it stays where gain or dither may come over the ceiling or over full scale', () => {
    for (const [gainDb, ceilingDbtp] of [
      [-1 - inputPeakDbtp + 0.001, -1],
      [-60 - inputPeakDbtp - 0.001, -60],
      [1 - inputPeakDbtp, 2],
    ] as const) {
      const { stage } = run([signal], { gainDb, ceilingDbtp, bitDepth: 16, inputPeakDbtp });
      expect(stage.highestPeakDbtp).toBeUndefined();
      expect(stage.latencySamples).toBeGreaterThan(0);
    }
  });
});
