import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { readHeadphoneEq } from '../../src/job/headphone-eq.ts';
import { temporaryFolder, writeWav } from '../cli/cli-support.ts';

const folder = temporaryFolder();
const kernels = createScalarKernels();
const wav = (name: string, channelCount: number, frameCount: number, value = 0.5) => {
  const file = join(folder, name);
  const signals = Array.from({ length: channelCount }, (_, c) => (n: number) => (n === c ? value : 0));
  writeWav(file, signals, frameCount, { float: true, sampleRateHz: 44100 });
  return file;
};
const read = (file: string) => readHeadphoneEq(file, kernels);

test('a FIR for both ears, or one for each', async () => {
  const one = Float32Array.from([0.5, 0, 0, 0]);
  const other = Float32Array.from([0, 0.5, 0, 0]);
  const common = { kind: 'fir', sampleRateHz: 44100 };
  expect(await read(wav('mono.wav', 1, 4))).toEqual({ ...common, left: one, right: one });
  expect(await read(wav('stereo.wav', 2, 4))).toEqual({ ...common, left: one, right: other });
});

test('a text file is parametric', async () => {
  const file = join(folder, 'ParametricEQ.txt');
  writeFileSync(file, 'Filter 1: ON PK Fc 1000 Hz Gain 3 dB Q 1');
  expect(await read(file)).toMatchObject({ kind: 'parametric', preampDb: 0 });
});

test('bad files', async () => {
  await expect(read(join(folder, 'none.txt'))).rejects.toMatchObject({ code: 'file-missing' });
  await expect(read(join(folder, 'none.wav'))).rejects.toMatchObject({ code: 'file-missing' });
  await expect(read(wav('three.wav', 3, 4))).rejects.toThrow(/3 channels; a response has 1, or 2/);
  await expect(read(wav('long.wav', 1, 131_073))).rejects.toThrow(/131073 samples/);
  await expect(read(wav('silent.wav', 1, 4, 0))).rejects.toThrow(/silent/);
  await expect(read(wav('nan.wav', 1, 4, NaN))).rejects.toMatchObject({ name: 'FormatError' });
  const cut = wav('cut.wav', 1, 1000);
  truncateSync(cut, 2000);
  await expect(read(cut)).rejects.toMatchObject({ name: 'FormatError' });
});
