import { expect, test } from 'vitest';
import { createAudioBlock, type AudioBlock } from '../../src/base/audio-block.ts';
import { planTargets } from '../../src/job/plan.ts';
import { createAmbisonicTap, createMeterTap, foldTap, resampleTap } from '../../src/job/taps.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import type { AmbisonicSettings } from '../../src/render/ambisonic/ambisonic-format.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { sine } from '../cli/cli-support.ts';

const kernels = createScalarKernels();
const sampleRateHz = 48000;

function blockOf(channelCount: number, gains: readonly number[], frameCount: number, start = 0): AudioBlock {
  const block = createAudioBlock(channelCount, frameCount);
  const tone = sine(997, 1);
  gains.forEach((gain, channel) => {
    for (let frame = 0; frame < frameCount; frame++)
      block.channels[channel]![frame] = gain * tone(start + frame);
  });
  return block;
}

test('a meter tap measures what passes', async () => {
  const tap = createMeterTap({ kernels, sampleRateHz, layout: getLayout('0+2+0') });
  for (let start = 0; start < 48_000; start += 1000) await tap.take(blockOf(2, [1], 1000, start));
  expect(tap.finish().integratedLufs).toBeCloseTo(-3.01, 2);
});

test('a fold tap hands on the folded channels, and growing blocks', async () => {
  const [stereo] = planTargets([parseTarget('stereo')], { channelOrder: 'wav', fold: {} }).targets;
  const bus = { channelCount: 6, sampleRateHz, frameCount: 10_010 };
  const seen: number[][] = [];
  const end = {
    take: (block: AudioBlock) =>
      void seen.push([block.channels.length, block.frameCount, block.channels[0]![5]!]),
  };
  const tap = foldTap(stereo!, bus, kernels, end);
  for (const frameCount of [10, 10_000]) await tap.take(blockOf(6, [0, 0, 1], frameCount));
  const folded = Math.SQRT1_2 * sine(997, 1)(5);
  expect(seen).toEqual([
    [2, 10, expect.closeTo(folded, 3)],
    [2, 10_000, expect.closeTo(folded, 3)],
  ]);
  const [bed] = planTargets([parseTarget('5.1')], { channelOrder: 'wav', fold: {} }).targets;
  expect(foldTap(bed!, bus, kernels, end)).toBe(end);
});

test('a fold tap that turns phases hands on the whole programme, in time', async () => {
  const fold = { rule: 'lt-rt-pl2' } as const;
  const [stereo] = planTargets([parseTarget('stereo')], { channelOrder: 'wav', fold }).targets;
  const left: number[] = [];
  const end = {
    take: (block: AudioBlock) => void left.push(...block.channels[0]!.subarray(0, block.frameCount)),
  };
  const tap = foldTap(stereo!, { channelCount: 6, sampleRateHz, frameCount: 3000 }, kernels, end);
  for (let start = 0; start < 3000; start += 1000) await tap.take(blockOf(6, [1], 1000, start));
  expect(left).toEqual([...blockOf(1, [1], 3000).channels[0]!]);
});

test('a resampling tap hands on the whole programme at its new rate, whatever the blocks', async () => {
  const rates = { fromHz: 48000, toHz: 44100, channelCount: 1, frameCount: 4801 };
  const run = async (size: number): Promise<number[]> => {
    const seen: number[] = [];
    const end = {
      take: (block: AudioBlock) => void seen.push(...block.channels[0]!.subarray(0, block.frameCount)),
    };
    const tap = resampleTap(rates, kernels, end);
    for (let start = 0; start < 4801; start += size)
      await tap.take(blockOf(1, [0.5], Math.min(size, 4801 - start), start));
    return seen;
  };
  const whole = await run(4801);
  expect(whole).toHaveLength(4411);
  const atRate = sine(997, 0.5, 44100);
  for (let n = 400; n < 4000; n++) expect(Math.abs(whole[n]! - atRate(n))).toBeLessThan(1e-5);
  expect(await run(7)).toEqual(whole);
  const end = { take: () => undefined };
  expect(resampleTap({ ...rates, toHz: 48000 }, kernels, end)).toBe(end);
});

test('an ambisonic tap hears channels and decodes', async () => {
  const hrtf = await loadDefaultHrtf(sampleRateHz);
  const tap = createAmbisonicTap({ kernels, sampleRateHz, order: 1, hrtf });
  for (let start = 0; start < 48_000; start += 4000) await tap.take(blockOf(4, [0.5, 0.5], 4000, start));
  const { truePeakDbtp, decodes } = tap.finish();
  expect(decodes.map(({ name }) => name)).toEqual(['7.1.4 decode', 'binaural decode']);
  const peaks = [20 * Math.log10(0.5), ...decodes.map(({ figures }) => figures.truePeakDbtp)];
  expect(truePeakDbtp).toBeCloseTo(Math.max(...peaks), 2);
  for (const { figures } of decodes) expect(Math.abs(figures.integratedLufs + 9.03)).toBeLessThan(6);
});

test('an ambisonic tap knows N3D and the head-locked pair', async () => {
  const hrtf = await loadDefaultHrtf(sampleRateHz);
  const measure = async (gains: readonly number[], settings: AmbisonicSettings) => {
    const tap = createAmbisonicTap({ kernels, sampleRateHz, order: 1, settings, hrtf });
    for (let start = 0; start < 48_000; start += 4000)
      await tap.take(blockOf(settings.headLocked ? 6 : 4, gains, 4000, start));
    return tap.finish();
  };
  const plain = await measure([0.3, 0.2], {});
  const n3d = await measure([0.3, 0.2 * Math.sqrt(3)], { normalization: 'N3D' });
  n3d.decodes.forEach(({ figures }, i) =>
    expect(figures.integratedLufs).toBeCloseTo(plain.decodes[i]!.figures.integratedLufs, 4),
  );
  const { truePeakDbtp, decodes } = await measure([0, 0, 0, 0, 0.5, 0.5], { headLocked: true });
  expect(truePeakDbtp).toBeCloseTo(20 * Math.log10(0.5), 2);
  // A tone of 0.5 on left and right, in both decodes as it is.
  for (const { figures } of decodes) expect(figures.integratedLufs).toBeCloseTo(-6.02, 1);
});
