import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareAudio } from '../../src/job/compare-audio.ts';
import { sine, whiteNoise, writeWav, type Signal } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const at = (name: string): string => join(folder, name);
const compare = (first: string, second: string) => compareAudio('x', at(first), at(second), {});

const left = whiteNoise(1, 0.3);
const right = whiteNoise(2, 0.3);
const later =
  (signal: Signal, by: number): Signal =>
  (frame) =>
    frame < by ? 0 : signal(frame - by);
const scaled =
  (signal: Signal, gain: number): Signal =>
  (frame) =>
    gain * signal(frame);

beforeAll(() => {
  const frameCount = 96_000;
  writeWav(at('a.wav'), [left, right], frameCount);
  writeWav(at('quiet.wav'), [scaled(left, 0.5), scaled(right, 0.5)], frameCount, { float: true });
  writeWav(at('late.wav'), [later(left, 441), later(right, 441)], frameCount + 441);
  writeWav(at('other rate.wav'), [left, right], frameCount, { sampleRateHz: 44100 });
  writeWav(at('mono.wav'), [left], frameCount);
  writeWav(at('tone.wav'), [sine(1000, 0.1), sine(1000, 0.1)], frameCount);
  const surround = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((seed) => whiteNoise(seed + 10, 0.1));
  writeWav(at('a_ambix2.wav'), surround, 24_000);
  writeWav(at('b_ambix2.wav'), [...surround.slice(0, 8), scaled(surround[8]!, 2)], 24_000);
});

describe('compareAudio', () => {
  test('the same file', async () => {
    const found = await compare('a.wav', 'a.wav');
    expect(found).toMatchObject({ isIdentical: true, offsetSamples: 0, layout: '2.0', matchGainDb: 0 });
    expect(found.correlation).toBeCloseTo(1, 9);
    expect(found.first.integratedLufs).toBe(found.second.integratedLufs);
  });

  test('half as loud: 6.02 LU are taken out, and nothing is left', async () => {
    const found = await compare('a.wav', 'quiet.wav');
    expect(found.isIdentical).toBe(false);
    expect(found.second.integratedLufs - found.first.integratedLufs).toBeCloseTo(-6.02, 2);
    expect(found.matchGainDb).toBeCloseTo(6.02, 2);
    // What rounding to 24 bit leaves.
    expect(found.difference.matchedRmsDbfs).toBeLessThan(-130);
    expect(found.difference.rmsDbfs).toBeCloseTo(20 * Math.log10(0.15 / Math.sqrt(3)), 1);
  });

  test('later by some samples: found, moved, and the same', async () => {
    const found = await compare('a.wav', 'late.wav');
    expect(found).toMatchObject({ offsetSamples: 441, comparedSamples: 96_000, isIdentical: false });
    expect(found.difference.isIdentical).toBe(true);
    expect((await compare('late.wav', 'a.wav')).offsetSamples).toBe(-441);
  });

  test('a filter that makes the bass late moves nothing', async () => {
    const bass: Signal = (frame) =>
      [31, 43.7, 59.3, 71.9, 97.1].reduce((sum, hz) => sum + sine(hz, 0.12)(frame), 0);
    const withNoise =
      (low: Signal): Signal =>
      (frame) =>
        low(frame) + 0.1 * left(frame);
    writeWav(at('bass.wav'), [withNoise(bass)], 96_000);
    writeWav(at('late bass.wav'), [withNoise(later(bass, 120))], 96_000);
    expect((await compare('bass.wav', 'late bass.wav')).offsetSamples).toBe(0);
  });

  test('what does not belong together stays where it is', async () => {
    const found = await compare('a.wav', 'tone.wav');
    expect(found.offsetSamples).toBe(0);
    expect(Math.abs(found.correlation)).toBeLessThan(0.3);
  });

  test('ambisonics have the loudness of their decode', async () => {
    const found = await compare('a_ambix2.wav', 'b_ambix2.wav');
    expect(found.layout).toBe('ambix2');
    expect(found.difference.channels.map(({ peakDbfs }) => peakDbfs > -60)).toEqual([
      ...Array.from({ length: 8 }, () => false),
      true,
    ]);
    expect(found.difference.worstBand!.differenceDb).toBeGreaterThan(5);
    expect(Number.isFinite(found.first.integratedLufs)).toBe(true);
  });

  test('other rates and layouts are told', async () => {
    await expect(compare('a.wav', 'other rate.wav')).rejects.toThrow(/48000 and 44100 Hz; one sample rate/);
    await expect(compare('a.wav', 'mono.wav')).rejects.toThrow(/M\+030 M-030 and M\+000; one layout/);
  });
});
