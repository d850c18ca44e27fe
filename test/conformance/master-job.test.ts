import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bursts,
  periphon,
  sine,
  temporaryFolder,
  whiteNoise,
  writeScene,
  writeWav,
} from '../cli/cli-support.ts';
import {
  ffmpegLoudness,
  ffprobeFacts,
  oversampledPeakDbtp,
  readPlainWav,
  soxFacts,
} from '../cli/outside-tools.ts';
import { requireTool } from '../support.ts';

/**
 * The main job through the command line, judged by meters and readers that are not ours: the deliverables
 * of a scene whose peaks stand far above its loudness, so that every limiter has work.
 */
const folder = temporaryFolder();
const out = join(folder, 'out');
const frameCount = 3 * 48000 + 37;

interface Target {
  readonly target: string;
  readonly file: string;
  readonly sha256: string;
  readonly integratedLufs: number;
  readonly loudnessRangeLu: number;
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
  readonly gainDb: number;
  readonly maxReductionDb: number;
  readonly related: readonly {
    readonly name: string;
    readonly integratedLufs: number;
    readonly truePeakDbtp: number;
  }[];
}

let targets: readonly Target[];
const targetNamed = (name: string): Target => targets.find(({ target }) => target === name)!;
const fileOf = ({ file }: Target): string => join(out, file);

beforeAll(() => {
  mkdirSync(join(folder, 'stems'));
  const bed = Array.from({ length: 10 }, (_, channel) =>
    channel === 3 ? sine(45, 0.3) : bursts(channel + 1, 0.4, 9600 + 480 * channel),
  );
  writeWav(join(folder, 'stems', 'bed.wav'), bed, frameCount);
  writeWav(join(folder, 'stems', 'drum.wav'), [bursts(50, 0.8)], frameCount);
  writeWav(join(folder, 'stems', 'voice.wav'), [sine(997, 0.05)], frameCount);
  const scene = writeScene(folder, 'song', {
    beds: [{ name: 'bed', layout: '7.1.2', file: 'stems/bed.wav', channelOrder: 'itu' }],
    objects: [
      { name: 'drum', file: 'stems/drum.wav', position: { azimuthDeg: 10, elevationDeg: 0 } },
      {
        name: 'voice',
        file: 'stems/voice.wav',
        blocks: [
          { startSec: 0, durationSec: 1, position: { azimuthDeg: -30, elevationDeg: 0 } },
          { startSec: 1, durationSec: 1, position: { azimuthDeg: 30, elevationDeg: 60 } },
          { startSec: 2, durationSec: 1, position: { azimuthDeg: 150, elevationDeg: 0 } },
        ],
      },
    ],
  });
  const result = periphon(['master', scene, '--out', out, '--quiet']);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  targets = (JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as { targets: Target[] }).targets;
});

const deliverables = [
  { name: '7.1.4', channelCount: 12, layout: 'FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR+TBL+TBR', mask: 0x2d63f },
  { name: 'binaural', channelCount: 2, layout: 'stereo', mask: 3 },
  { name: 'ambix3', channelCount: 16, layout: undefined, mask: 0 },
  { name: 'stereo', channelCount: 2, layout: 'stereo', mask: 3 },
] as const;

describe.each(deliverables)('$name', ({ name, channelCount, layout, mask }) => {
  test('its channels, rate, depth and length are right in ffprobe', (context) => {
    requireTool(context, 'ffprobe');
    const facts = ffprobeFacts(fileOf(targetNamed(name)));
    expect(facts).toMatchObject({ channelCount, sampleRateHz: 48000, frameCount, bits: 24, isFloat: false });
    if (layout === undefined) expect(facts.layout).toBeUndefined();
    else expect(facts.layout).toContain(layout);
  });

  test('its channels, rate, depth and length are right in sox', (context) => {
    requireTool(context, 'sox');
    expect(soxFacts(fileOf(targetNamed(name)))).toEqual({
      channelCount,
      sampleRateHz: 48000,
      frameCount,
      bits: 24,
      isFloat: false,
    });
  });

  test('stays at or below its ceiling when oversampled 32 times', () => {
    const { channels, channelMask } = readPlainWav(fileOf(targetNamed(name)));
    expect(channelMask).toBe(mask);
    expect(oversampledPeakDbtp(channels)).toBeLessThanOrEqual(-1);
  });
});

test('the targets are met', () => {
  expect(targetNamed('stereo').integratedLufs).toBeCloseTo(-14, 1);
  expect(targetNamed('binaural').integratedLufs).toBeCloseTo(-16, 1);
  const bed = targetNamed('7.1.4');
  expect(bed.integratedLufs).toBeLessThanOrEqual(-18);
  expect(bed.integratedLufs).toBeGreaterThanOrEqual(-18.2);
  expect(bed.related.map(({ name }) => name)).toContain('5.1 re-render');
  for (const target of targets) expect(target.truePeakDbtp).toBeLessThanOrEqual(-1);
});

test('the limiter had work, and not more than is allowed', () => {
  const { maxReductionDb } = targetNamed('stereo');
  expect(maxReductionDb).toBeGreaterThan(1);
  expect(maxReductionDb).toBeLessThanOrEqual(6);
  expect(targetNamed('ambix3').maxReductionDb).toBeLessThan(0.05);
});

test('ambisonics are only turned down, until their decodes hold the ceiling too', () => {
  const { gainDb, related } = targetNamed('ambix3');
  expect(gainDb).toBeLessThanOrEqual(0);
  expect(related.map(({ name }) => name)).toEqual(['7.1.4 decode', 'binaural decode']);
  for (const { truePeakDbtp } of related) expect(truePeakDbtp).toBeLessThanOrEqual(-1);
});

test.for(['stereo', 'binaural'])('%s measures the same in ffmpeg', (name, context) => {
  requireTool(context, 'ffmpeg');
  const ours = targetNamed(name);
  const theirs = ffmpegLoudness(fileOf(ours));
  expect(Math.abs(theirs.integratedLufs - ours.integratedLufs)).toBeLessThanOrEqual(0.1);
  expect(Math.abs(theirs.truePeakDbtp - ours.truePeakDbtp)).toBeLessThanOrEqual(0.2);
});

describe('a 7.1.4 bed rendered to 7.1.4', () => {
  const signals = Array.from({ length: 12 }, (_, channel) => whiteNoise(channel + 1, 0.9));
  const length = 20_011;
  let source: string;
  beforeAll(() => {
    source = join(folder, 'mix.wav');
    writeWav(source, signals, length, { float: true, channelMask: 0x2d63f });
  });

  test('nulls with its source, bit for bit', () => {
    const result = periphon(['render', source, '--to', '7.1.4', '--out', join(folder, 'wav order')]);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    const rendered = readPlainWav(join(folder, 'wav order', 'mix.7.1.4.wav'));
    expect(rendered.channelMask).toBe(0x2d63f);
    expect(rendered.data.equals(readPlainWav(source).data)).toBe(true);
  });

  test('in ITU order its sides come before its rears, and it still nulls when read back so', () => {
    const itu = join(folder, 'itu order');
    const args = ['render', source, '--to', '7.1.4', '--channel-order', 'itu', '--out', itu];
    expect(periphon(args)).toMatchObject({ status: 0 });
    const first = join(itu, 'mix.7.1.4.wav');
    const { channels, channelMask } = readPlainWav(first);
    expect(channelMask).toBe(0);
    const original = readPlainWav(source).channels;
    const order = [0, 1, 2, 3, 6, 7, 4, 5, 8, 9, 10, 11];
    expect(
      channels.every((channel, index) => channel.every((x, frame) => x === original[order[index]!]![frame])),
    ).toBe(true);
    const scene = writeScene(folder, 'back', {
      beds: [{ name: 'bed', layout: '7.1.4', channelOrder: 'itu', file: 'itu order/mix.7.1.4.wav' }],
    });
    expect(periphon(['render', scene, '--to', '7.1.4', '--out', join(folder, 'back')])).toMatchObject({
      status: 0,
    });
    const back = readPlainWav(join(folder, 'back', 'back.7.1.4.wav'));
    expect(back.data.equals(readPlainWav(source).data)).toBe(true);
  });
});
