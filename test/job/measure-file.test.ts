import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { measureFiles } from '../../src/job/measure-file.ts';
import type { Warning } from '../../src/base/errors.ts';
import { sine, writeWav, type Signal, type WavSettings } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const at = (name: string): string => join(folder, name);
const silence = (): number => 0;
beforeAll(() => {
  writeWav(
    at('surround.wav'),
    [...Array.from({ length: 4 }, () => silence), sine(997, 0.5), silence],
    48_000,
  );
  writeWav(at('odd.wav'), [sine(997, 0.5), silence, silence], 48_000);
  // A plane wave from the left: W = Y (SN3D).
  writeWav(at('scene_ambix1.wav'), [sine(997, 0.25), sine(997, 0.25), silence, silence], 48_000);
});

test('without a mask the usual layout is taken, with a warning', async () => {
  const warnings: Warning[] = [];
  const onWarning = (warning: Warning) => warnings.push(warning);
  const { files } = await measureFiles([at('surround.wav')], { onWarning });
  expect(files[0]!.layout).toBe('5.1');
  // A surround weighs 1.41 (BS.1770-5 Annex 1).
  expect(files[0]!.integratedLufs).toBeCloseTo(-3.01 - 6.02 + 1.49, 1);
  expect(warnings.map(({ code }) => code)).toEqual(['channel-order-assumed']);
});

test('channels that no layout has count with weight 1', async () => {
  const codes: string[] = [];
  const { files } = await measureFiles([at('odd.wav')], { onWarning: ({ code }) => codes.push(code) });
  expect(files[0]!.layout).toBe('3 channels');
  expect(files[0]!.integratedLufs).toBeCloseTo(-9.03, 1);
  expect(files[0]!.channels.map(({ label }) => label)).toEqual(['1', '2', '3']);
  expect(codes).toEqual(['channels-unknown']);
});

test('ambisonics, by name or by flag, take the loudness of their 7.1.4 decode', async () => {
  const [named] = (await measureFiles([at('scene_ambix1.wav')])).files;
  const [asked] = (await measureFiles([at('scene_ambix1.wav')], { layout: 'ambix1' })).files;
  expect(named).toEqual(asked);
  expect(named!.layout).toBe('ambix1');
  expect(named!.channels.map(({ label }) => label)).toEqual(['ACN0', 'ACN1', 'ACN2', 'ACN3']);
  expect(named!.samplePeakDbfs).toBeCloseTo(20 * Math.log10(0.25), 2);
  expect(Math.abs(named!.integratedLufs - (-3.01 - 12.04))).toBeLessThan(2.5);
});

test('a layout that does not fit is refused', async () => {
  for (const layout of ['7.1.4', 'ambix3']) {
    const running = measureFiles([at('odd.wav')], { layout });
    await expect(running).rejects.toMatchObject({ code: 'layout-channels' });
  }
});

test('a file says what it is, and is measured on smaller layouts where that is asked for', async () => {
  const options = { layout: '5.1', reRenders: ['2.0', '5.1'] };
  const [file] = (await measureFiles([at('surround.wav')], options)).files;
  expect(file).toMatchObject({ container: 'WAV', sampleRateHz: 48000, bitDepth: 24 });
  expect(Object.keys(file!.reRenders!)).toEqual(['2.0']);
  expect(Number.isFinite(file!.reRenders!['2.0']!.integratedLufs)).toBe(true);
  // Where channels sound that no layout has is not known.
  const [odd] = (await measureFiles([at('odd.wav')], { reRenders: ['2.0'] })).files;
  expect(odd!.reRenders).toBeUndefined();
});

describe('what is hard for meters', () => {
  const measure = async (name: string, signals: Signal[], frameCount: number, settings: WavSettings = {}) => {
    writeWav(at(name), signals, frameCount, { float: true, ...settings });
    return (await measureFiles([at(name)], { withCurve: true })).files[0]!;
  };
  const nothing = {
    integratedLufs: -Infinity,
    momentaryMaxLufs: -Infinity,
    momentaryMaxEndSec: NaN,
    shortTermMaxLufs: -Infinity,
    loudnessRangeLu: 0,
    truePeakDbtp: -Infinity,
    truePeakSec: NaN,
    truePeakChannel: '',
    samplePeakDbfs: -Infinity,
    plrDb: NaN,
    psrMinDb: NaN,
    dynamicRange: NaN,
  };

  test.each([
    ['NaN', NaN],
    ['an infinity', Infinity],
  ])('%s is an error that says where', async (_, value) => {
    const signal: Signal = (frame) => (frame === 4801 ? value : 0.1);
    await expect(measure('bad.wav', [silence, signal], 9600)).rejects.toMatchObject({
      code: 'not-finite',
      message: expect.stringMatching(/bad\.wav: channel 2 holds .* at 0\.100 s \(sample 4801\)/),
    });
  });

  test.each([
    ['silence', silence],
    ['denormal numbers', () => 1e-40],
  ])('%s', async (_, signal) => {
    const file = await measure('nothing.wav', [signal, signal], 48_000);
    expect(file).toMatchObject(nothing);
    expect(file.silence).toMatchObject({ headSamples: 48_000, tailSamples: 0 });
    expect([file.overs.count, file.clippedRuns.count]).toEqual([0, 0]);
    expect(file.channels[0]).toMatchObject({ rmsDbfs: -Infinity, crestFactorDb: NaN, dcOffset: 0 });
    expect(file.channels[0]!.octaveBandsDbfs.every((level) => level === -Infinity)).toBe(true);
    expect(file.curve!.momentaryLufs).toEqual(new Array<number>(10).fill(-Infinity));
  });

  test('no frames at all', async () => {
    expect(await measure('empty.wav', [silence, silence], 0)).toMatchObject(nothing);
  });

  test('a file of one sample', async () => {
    const file = await measure('one.wav', [() => 0.5, () => -0.25], 1);
    expect(file).toMatchObject({ integratedLufs: -Infinity, samplePeakDbfs: expect.closeTo(-6.02, 2) });
    expect(file.truePeakDbtp).toBeGreaterThanOrEqual(file.samplePeakDbfs);
    expect(file).toMatchObject({ truePeakSec: 0, truePeakChannel: 'M+030', plrDb: NaN });
    expect(file.channels[1]).toMatchObject({ dcOffset: -0.25, rmsDbfs: expect.closeTo(-12.04, 2) });
    expect(file.pairs[0]).toMatchObject({ correlation: -1, correlationMin: NaN });
  });

  test('DC is silent but for the step at its start, and is told as an offset', async () => {
    const file = await measure('dc.wav', [() => 0.5, () => -0.5], 48_000 * 6);
    expect(file.shortTermMaxLufs).toBeLessThan(-25);
    expect(file.curve!.momentaryLufs.at(-1)).toBeLessThan(-150);
    expect(file.channels.map(({ dcOffset }) => dcOffset)).toEqual([0.5, -0.5]);
    expect(file.channels[0]).toMatchObject({ crestFactorDb: expect.closeTo(0, 6) });
    expect(file.clippedRuns).toMatchObject({ count: 2, list: [{ lengthSamples: 288_000 }, {}] });
    expect(file.pairs[0]).toMatchObject({ correlation: -1, monoFoldDb: -Infinity });
  });

  test('64 channels, the last one loudest', async () => {
    const signals = Array.from({ length: 64 }, (_, channel) => sine(997, 0.001 * (channel + 1)));
    const file = await measure('many.wav', signals, 48_000);
    expect(file.layout).toBe('64 channels');
    expect(file.channels).toHaveLength(64);
    expect(file.truePeakChannel).toBe('64');
    // The power of all sines, each with weight 1.
    const power = signals.reduce((sum, _, channel) => sum + (0.001 * (channel + 1)) ** 2, 0);
    expect(Math.abs(file.integratedLufs - (-3.01 + 10 * Math.log10(power)))).toBeLessThan(0.01);
  });

  test.each([8000, 11025, 22050, 192_000])('a sample rate of %i Hz', async (sampleRateHz) => {
    const tone: Signal = (frame) => 0.5 * Math.sin((2 * Math.PI * 500 * frame) / sampleRateHz);
    const file = await measure('rate.wav', [tone, silence], sampleRateHz * 4, { sampleRateHz });
    // K-weighting has about 0.55 dB less at 500 Hz than at 997 Hz.
    expect(Math.abs(file.integratedLufs - (-3.01 - 6.02 - 0.55))).toBeLessThan(0.35);
    expect(Math.abs(file.truePeakDbtp - -6.02)).toBeLessThan(0.1);
    expect(file.momentaryMaxEndSec).toBeLessThanOrEqual(4);
    expect(file.channels[0]!.octaveBandsDbfs[4]).toBeCloseTo(-9.03, 1);
  });
});
