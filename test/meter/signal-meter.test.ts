import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createSignalMeter, type SignalMeterOptions } from '../../src/meter/signal-meter.ts';
import { noise, requireTool, run } from '../support.ts';

const sampleRateHz = 48000;
const names = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: String(index + 1), isLfe: index === 3 }));

function measure(
  channels: readonly Float32Array[],
  options: Partial<SignalMeterOptions> = {},
  blockFrames = 4096,
) {
  const meter = createSignalMeter({
    kernels: createScalarKernels(),
    sampleRateHz,
    channels: names(channels.length),
    pairs: [[0, 1]],
    ...options,
  });
  const frameCount = channels[0]!.length;
  for (let from = 0; from < frameCount; from += blockFrames) {
    const parts = channels.map((channel) => channel.subarray(from, from + blockFrames));
    meter.process({ channels: parts, frameCount: parts[0]!.length });
  }
  return meter.finish();
}

/** Noise under swells of several lengths, with an offset: peaks, blocks and windows all differ. */
const swells = (seed: number, seconds: number, offset = 0): Float32Array =>
  noise(seconds * sampleRateHz, seed).map((x, n) => {
    const timeSec = n / sampleRateHz;
    return (
      offset +
      0.7 * x * Math.exp(-3 * (timeSec % (0.5 + seed / 7))) * (0.3 + 0.6 * Math.sin(timeSec / 5) ** 2)
    );
  });

test('the same for any cut and both kernel sets', async () => {
  const channels = [swells(1, 5), swells(2, 5, 0.01)];
  const wanted = measure(channels);
  for (const size of [100, 4801, 500000]) expect(measure(channels, {}, size)).toEqual(wanted);
  const simd = measure(channels, { kernels: await loadKernels() }).figures;
  for (const [channel, figures] of simd.channels.entries()) {
    const { octaveBandsDbfs, ...scalar } = wanted.figures.channels[channel]!;
    for (const [name, value] of Object.entries(scalar)) {
      const other = figures[name as keyof typeof scalar];
      if (typeof value === 'number') expect(other, name).toBeCloseTo(value, 4);
      else expect(other).toBe(value);
    }
    octaveBandsDbfs.forEach((level, band) => expect(figures.octaveBandsDbfs[band]).toBeCloseTo(level, 3));
  }
  expect(simd.pairs[0]!.correlation).toBeCloseTo(wanted.figures.pairs[0]!.correlation, 9);
});

test('levels as ffmpeg astats, DR as ffmpeg drmeter', (context) => {
  requireTool(context, 'ffmpeg');
  const channels = [swells(3, 30), swells(4, 30, -0.02)];
  const folder = mkdtempSync(join(tmpdir(), 'periphon-'));
  try {
    const interleaved = new Float32Array(2 * channels[0]!.length);
    channels.forEach((channel, c) => channel.forEach((x, n) => (interleaved[2 * n + c] = x)));
    const file = join(folder, 'swells.f32');
    writeFileSync(file, new Uint8Array(interleaved.buffer));
    const { stderr } = run('ffmpeg', [
      ...['-hide_banner', '-nostdin', '-f', 'f32le', '-ar', `${sampleRateHz}`, '-ac', '2', '-i', file],
      ...['-af', 'astats,drmeter', '-f', 'null', '-'],
    ]);
    const all = (pattern: RegExp): number[] => [...stderr.matchAll(pattern)].map((match) => Number(match[1]));
    const [offsets, levels, crests] = [
      all(/DC offset: (\S+)/g),
      all(/RMS level dB: (\S+)/g),
      all(/Crest factor: (\S+)/g),
    ];
    const ranges = all(/Channel \d: DR: (\S+)/g);
    expect(ranges).toHaveLength(2);
    const { figures } = measure(channels);
    for (const [index, channel] of figures.channels.entries()) {
      expect(Math.abs(channel.dcOffset - offsets[index]!)).toBeLessThan(2e-6);
      expect(Math.abs(channel.rmsDbfs - levels[index]!)).toBeLessThan(1e-4);
      expect(Math.abs(channel.crestFactorDb - 20 * Math.log10(crests[index]!))).toBeLessThan(1e-4);
      // It sorts peaks and levels into ten thousand bins.
      expect(Math.abs(channel.dynamicRangeDb - ranges[index]!)).toBeLessThan(0.03);
    }
    expect(figures.dynamicRange).toBe(Math.round((ranges[0]! + ranges[1]!) / 2));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an LFE takes no part in the DR of the programme, and the peaks name their channel', () => {
  const tone = Float32Array.from({ length: 48000 }, (_, n) => 0.5 * Math.sin(n / 20));
  const click = new Float32Array(48000);
  click[24000] = 0.9;
  const { figures, stepPeaks } = measure([tone, tone, tone, click], { pairs: [] });
  expect(figures.dynamicRange).toBe(0);
  expect(figures.channels[3]!.dynamicRangeDb).toBeGreaterThan(30);
  expect(figures).toMatchObject({ truePeakChannel: '4', truePeakSec: 0.5, pairs: [], frameCount: 48000 });
  expect(stepPeaks).toHaveLength(10);
  expect(stepPeaks[5]).toBeGreaterThan(0.89);
});

test('runs and overs of all channels are listed together, in time', () => {
  const first = new Float32Array(48000);
  first.fill(1, 10000, 10004);
  const second = new Float32Array(48000);
  second.fill(-0.95, 5000, 5003);
  const { figures } = measure([first, second]);
  expect(figures.clippedRuns).toEqual({
    count: 2,
    list: [
      { channel: '2', startSec: 5000 / 48000, lengthSamples: 3 },
      { channel: '1', startSec: 10000 / 48000, lengthSamples: 4 },
    ],
  });
  expect(figures.overs.list.map(({ channel }) => channel)).toEqual(['2', '1']);
});

test('no audio at all', () => {
  const { figures, stepPeaks } = measure([new Float32Array(0), new Float32Array(0)]);
  expect(figures).toMatchObject({
    truePeakDbtp: -Infinity,
    truePeakChannel: '',
    dynamicRange: NaN,
    frameCount: 0,
  });
  expect(stepPeaks).toHaveLength(0);
});
