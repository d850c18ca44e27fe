import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareFiles } from '../../src/job/compare-files.ts';
import { convertScene } from '../../src/job/convert-scene.ts';
import { whiteNoise, writeWav } from '../cli/cli-support.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => {
  for (const name of ['a', 'b', 'c', 'empty', 'scratch']) mkdirSync(at(name));
  const write = (file: string, seed: number): void =>
    writeWav(file, [whiteNoise(seed, 0.2), whiteNoise(seed + 1, 0.2)], 24_000);
  write(at('a', 'song.stereo.wav'), 1);
  write(at('a', 'song.binaural.wav'), 3);
  copyFileSync(at('a', 'song.stereo.wav'), at('b', 'song.stereo.wav'));
  write(at('b', 'song.direct.wav'), 5);
  copyFileSync(at('a', 'song.stereo.wav'), at('c', 'remix.stereo.wav'));
  write(at('c', 'remix.binaural.wav'), 7);
});

describe('compareFiles', () => {
  test('folders, file by file; what one has alone is told', async () => {
    const found = await compareFiles(at('a'), at('b'));
    expect(found.comparisons.map(({ name, isIdentical }) => [name, isIdentical])).toEqual([
      ['song.stereo.wav', true],
    ]);
    expect(found).toMatchObject({ onlyFirst: ['song.binaural.wav'], onlySecond: ['song.direct.wav'] });
  });

  test('folders of scenes with other names, by their targets', async () => {
    const found = await compareFiles(at('a'), at('c'));
    expect(found.comparisons.map(({ name, isIdentical }) => [name, isIdentical])).toEqual([
      ['binaural.wav', false],
      ['stereo.wav', true],
    ]);
  });

  test('scenes on their renders, of which nothing stays', async () => {
    const scene = writeTinyScene(folder, 24_000);
    const options = { targets: ['5.1', 'stereo'], scratchDir: at('scratch') };
    const found = await compareFiles(scene, scene, options);
    expect(found.targets).toEqual(['5.1', 'stereo']);
    expect(found.comparisons.map(({ name, isIdentical }) => [name, isIdentical])).toEqual([
      ['5.1', true],
      ['stereo', true],
    ]);
    expect(found.comparisons[0]!.first.file).toBe(scene);
    expect(readdirSync(at('scratch'))).toEqual([]);
  });

  test('ADM masters in folders on their renders', async () => {
    const scene = writeTinyScene(folder, 24_000);
    for (const name of ['d', 'e']) await convertScene({ scene, out: at(name, 'tiny.adm.wav') });
    const found = await compareFiles(at('d'), at('e'), { targets: ['5.1', 'stereo'] });
    expect(found.comparisons.map(({ name, isIdentical }) => [name, isIdentical])).toEqual([
      ['tiny.adm.wav on 5.1', true],
      ['tiny.adm.wav on stereo', true],
    ]);
  });

  test('what cannot be compared', async () => {
    await expect(compareFiles(at('a'), at('a', 'song.stereo.wav'))).rejects.toThrow(/two of one kind/);
    await expect(compareFiles(at('a'), at('empty'))).rejects.toThrow(/no audio file in common: .* and none/);
    await expect(compareFiles(at('a'), at('nowhere'))).rejects.toThrow(/no such file/);
  });
});
