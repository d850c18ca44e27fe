import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderScene } from '../../src/job/render-scene.ts';
import { readPlainWav } from '../cli/outside-tools.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const frameCount = 5003;
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, frameCount);
});

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test('blocks of 1, 7, 512 and 4096 frames give the same bytes', async () => {
  const targets = ['7.1.4', 'binaural', 'ambix3', 'stereo', '0+2+0', 'mono'];
  const hashes: Record<string, string>[] = [];
  for (const blockFrames of [512, 1, 7, 4096]) {
    const outDir = join(folder, `blocks ${blockFrames}`);
    const { files } = await renderScene({ scene, outDir, targets, blockFrames });
    hashes.push(Object.fromEntries(files.map(({ target, file }) => [target, hashOf(file)])));
  }
  for (const other of hashes.slice(1)) expect(other).toEqual(hashes[0]);
});

test('an excerpt is that stretch of the whole, in every format', async () => {
  const targets = ['5.1', 'ambix1', 'stereo'];
  const whole = await renderScene({ scene, outDir: join(folder, 'whole'), targets });
  const options = { fromSec: 1234 / 48_000, durationSec: 2000 / 48_000 };
  const part = await renderScene({ scene, outDir: join(folder, 'part'), targets, ...options });
  expect(part).toMatchObject({ version: 1, scene, sampleRateHz: 48000, frameCount: 2000 });
  for (const [index, { file }] of part.files.entries()) {
    const { channels } = readPlainWav(whole.files[index]!.file);
    expect(readPlainWav(file).channels).toEqual(channels.map((channel) => channel.slice(1234, 3234)));
  }
});

describe('what stops it leaves nothing behind', () => {
  test('an aborted signal', async () => {
    const outDir = join(folder, 'aborted');
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    const running = renderScene({ scene, outDir, blockFrames: 64, signal: controller.signal, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(outDir)).toEqual([]);
  });

  test('a warning that is made an error', async () => {
    const outDir = join(folder, 'failed');
    const onProgress = (): void => {
      throw new Error('handler');
    };
    await expect(renderScene({ scene, outDir, onProgress })).rejects.toThrow('handler');
    expect(readdirSync(outDir)).toEqual([]);
  });
});

test('a dry run plans', async () => {
  const outDir = join(folder, 'dry');
  const { files } = await renderScene({ scene, outDir, targets: ['stereo'], dryRun: true });
  expect(files).toEqual([
    {
      target: 'stereo',
      file: join(outDir, 'tiny.stereo.wav'),
      description: 'stereo, Lo/Ro fold-down of the 5.1 render',
      channels: ['M+030', 'M-030'],
    },
  ]);
  expect(() => readdirSync(outDir)).toThrow(/ENOENT/);
});
