import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { measureFiles } from '../../src/job/measure-file.ts';
import type { Warning } from '../../src/base/errors.ts';
import { sine, writeWav } from '../cli/cli-support.ts';
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
