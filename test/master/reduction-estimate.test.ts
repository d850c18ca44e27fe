import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createLayoutStage } from '../../src/master/layout-stage.ts';
import type { LimiterSettings } from '../../src/master/limiter.ts';
import { limiterGroups, type LimiterGroupName } from '../../src/master/limiter-groups.ts';
import { createReductionEstimate } from '../../src/master/reduction-estimate.ts';
import { createLevelTracer } from '../../src/meter/level-trace.ts';
import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { createLargestPeakMeter } from '../../src/meter/true-peak-meter.ts';
import { noise } from '../support.ts';
import { denseMix } from './limiter-battery.ts';

const oneGroup = limiterGroups(undefined, 1);
const levels = (binCount: number, energy: number, peak: number) => ({
  energies: new Float32Array(binCount).fill(energy),
  peaks: new Float32Array(binCount).fill(peak),
});
/** The limiter aims below its ceiling by so much. */
const marginDb = 0.02;

describe('on levels alone', () => {
  test('steady peaks are turned down to the ceiling, quiet bins left alone', () => {
    const loud = levels(200, 1, 0.1);
    loud.peaks.fill(0.5, 0, 100);
    const estimate = createReductionEstimate({
      ...{ trace: [loud], truePeakDbtp: -6.02, ceilingDbtp: -12.04, groups: oneGroup },
    });
    expect(estimate(-10)[0]).toBe(0);
    const reductionsDb = estimate(0);
    expect(reductionsDb).toHaveLength(17);
    expect(reductionsDb[0]).toBeCloseTo(6.02 + marginDb, 2);
    // The release lets go behind the loud second.
    expect(reductionsDb[16]).toBeLessThan(6.02 / 2);
  });

  test('peaks that the trace under-reads are foretold higher, by a fifth of what Annex 2 may miss at most', () => {
    const of = (truePeakDbtp: number) =>
      createReductionEstimate({
        ...{ trace: [levels(50, 1, 1)], truePeakDbtp, ceilingDbtp: -1, groups: oneGroup },
      })(0)[0]!;
    expect(of(0.4)).toBeCloseTo(1 + marginDb + 0.08, 3);
    expect(of(12)).toBeCloseTo(1 + marginDb + 0.14, 3);
  });

  /** Loss of a steady 7.1.4 where the peaks of one group alone are 6 dB over, and another has all the energy. */
  const reductionOf = (
    heard: LimiterGroupName,
    over: LimiterGroupName,
    settings?: Partial<LimiterSettings>,
  ) => {
    const groups = limiterGroups(getLayout('4+7+0'), 12);
    const trace = groups.map(({ name }) => ({
      energies: name === 'lfe' ? new Float32Array(0) : new Float32Array(100).fill(name === heard ? 1 : 0),
      peaks: new Float32Array(100).fill(name === over ? 1.9953 : 0.9),
    }));
    return createReductionEstimate({ trace, truePeakDbtp: 6, ceilingDbtp: 0, groups, settings })(0)[6]!;
  };

  test('a group takes over what the links give it', () => {
    expect(reductionOf('front', 'front')).toBeCloseTo(6 + marginDb, 2);
    expect(reductionOf('front', 'height')).toBeCloseTo(3 + marginDb / 2, 2);
    expect(reductionOf('surround', 'front', { linkPercent: 100 })).toBeCloseTo(6 + marginDb, 2);
    expect(reductionOf('surround', 'front', { linkPercent: 0 })).toBe(0);
    expect(reductionOf('front', 'lfe')).toBe(0);
    expect(reductionOf('height', 'lfe', { lfeLinkPercent: 25 })).toBeCloseTo(1.5 + marginDb / 4, 2);
  });

  test('a lone peak is held and released as the settings say', () => {
    const lone = levels(100, 1, 0.5);
    lone.peaks[50] = 2;
    const lossDb = (settings?: Partial<LimiterSettings>) =>
      createReductionEstimate({
        ...{ trace: [lone], truePeakDbtp: 6.02, ceilingDbtp: 0, groups: oneGroup, settings },
      })(0)[3]!;
    const heldBins = (holdMs: number, lookaheadMs: number): number =>
      lossDb({ holdMs, lookaheadMs, releaseMs: 1e-3 });
    const loss = (bins: number): number => -10 * Math.log10(1 - (bins * (1 - 10 ** -0.604)) / 40);
    // Its own bin and what is held beyond it, a third of a bin less.
    expect(heldBins(30, 20 / 3)).toBeCloseTo(loss(1 + 3), 2);
    expect(heldBins(0, 0)).toBeCloseTo(loss(1), 2);
    expect(lossDb({ releaseMs: 300 })).toBeGreaterThan(1.5 * lossDb());
  });

  test('LFEs alone have no loudness to lose', () => {
    const trace = [{ energies: new Float32Array(0), peaks: new Float32Array(100).fill(2) }];
    const of = { trace, truePeakDbtp: 6, ceilingDbtp: -1, groups: oneGroup };
    expect(createReductionEstimate(of)(0)).toHaveLength(0);
  });
});

describe('against the limiter', async () => {
  const kernels = await loadKernels();
  const sampleRateHz = 48_000;
  const length = 4 * sampleRateHz;
  const measure = (layoutName: string, channels: Float32Array[]) => {
    const layout = getLayout(layoutName);
    const groups = limiterGroups(layout, channels.length);
    const tracer = createLevelTracer({
      ...{ kernels, sampleRateHz, layout, groups: groups.map((group) => group.channels) },
    });
    const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout, hearBin: tracer.hearBin });
    const peaks = createLargestPeakMeter({ kernels, channelCount: channels.length, mode: 'precise' });
    for (const meter of [tracer, loudness, peaks]) meter.process({ channels, frameCount: length });
    const { truePeakDbtp } = peaks.finish();
    return { trace: tracer.trace(), blockPowers: loudness.blockPowers(), truePeakDbtp, groups };
  };
  const limited = (
    channels: readonly Float32Array[],
    options: Pick<Parameters<typeof createLayoutStage>[0], 'groups' | 'gainDb' | 'settings'>,
  ): Float32Array[] => {
    const channelCount = channels.length;
    const stage = createLayoutStage({
      ...{ kernels, sampleRateHz, channelCount, bitDepth: 24, dither: 'tpdf', ceilingDbtp: -1, ...options },
    });
    const frameCount = length + stage.latencySamples;
    const input = channels.map((channel) => {
      const padded = new Float32Array(frameCount);
      padded.set(channel);
      return padded;
    });
    const output = channels.map(() => new Float32Array(frameCount));
    stage.process({ channels: input, frameCount }, { channels: output, frameCount });
    return output.map((channel) => channel.subarray(stage.latencySamples));
  };
  /** Foretold loudness, less the actual one, where the highest peak is 4 dB over the ceiling. */
  const errorLu = (
    layoutName: string,
    channels: Float32Array[],
    settings?: Partial<LimiterSettings>,
  ): number => {
    const unlimited = measure(layoutName, channels);
    const { groups } = unlimited;
    const gainDb = 3 - unlimited.truePeakDbtp;
    const reductionsDb = createReductionEstimate({ ...unlimited, ceilingDbtp: -1, settings })(gainDb);
    const foretold = unlimited.blockPowers.map(
      (power, block) => power * 10 ** ((gainDb - reductionsDb[block]!) / 10),
    );
    const actual = measure(layoutName, limited(channels, { groups, gainDb, settings })).blockPowers;
    return integratedLoudnessLufs(foretold) - integratedLoudnessLufs(actual);
  };

  const hits = (seed: number): Float32Array =>
    noise(length, seed).map((x, n) => x * Math.exp(-((n + seed * 1700) % 12_000) / 2000));

  test.each([
    ['dense mix', denseMix(length)],
    ['hits', hits(3)],
    ['clicks in hiss', noise(length, 2).map((x, n) => x * (n % 24_000 < 200 ? 1 : 0.05))],
  ])('one channel, %s: within 0.25 LU', (_name, samples) => {
    expect(Math.abs(errorLu('0+1+0', [samples]))).toBeLessThan(0.25);
  });

  const mix = denseMix(length);
  /** A mix of which each channel is at another place. */
  const mixOf = (channel: number, gain: number): Float32Array =>
    mix.map((_, n) => gain * mix[(n + channel * 7919) % length]!);
  const settings = [{}, { linkPercent: 0, holdMs: 25, lookaheadMs: 10, releaseMs: 30 }, { linkPercent: 100 }];
  test.each([
    ['a mix around the listener', (channel: number) => mixOf(channel, 1)],
    ['a mix in front, quiet elsewhere', (channel: number) => mixOf(channel, channel < 3 ? 0.7 : 0.3)],
    ['hits in the height', (channel: number) => (channel >= 8 ? hits(channel) : mixOf(channel, 0.4))],
    ['a loud LFE', (channel: number) => mixOf(channel, channel === 3 ? 0.9 : 0.5)],
  ])('7.1.4, %s: within 0.1 LU, whatever the settings', (_name, channelOf) => {
    const channels = Array.from({ length: 12 }, (_, channel) => channelOf(channel));
    for (const each of settings) {
      expect(Math.abs(errorLu('4+7+0', channels, each)), JSON.stringify(each)).toBeLessThan(0.1);
    }
  });
});
