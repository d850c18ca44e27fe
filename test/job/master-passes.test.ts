import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { masterScene } from '../../src/job/master-scene.ts';
import { run } from '../support.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 48_000);
});

test('a scratch folder that is not there is refused before anything is rendered', async () => {
  const outDir = join(folder, 'gone');
  const running = masterScene({ scene, outDir, scratchDir: join(folder, 'no such folder') });
  await expect(running).rejects.toMatchObject({ name: 'OutputError', code: 'scratch-unwritable' });
  expect(readdirSync(outDir)).toEqual([]);
});

test('a scratch disk that is too small is refused with what is needed and what is free', async (context) => {
  const scratchDir = join(folder, 'small disk');
  mkdirSync(scratchDir);
  try {
    run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', scratchDir]);
  } catch {
    context.skip('no right to mount a small disk');
  }
  try {
    const outDir = join(folder, 'small');
    const running = masterScene({ scene, outDir, scratchDir, targets: ['stereo'] });
    await expect(running).rejects.toMatchObject({
      code: 'scratch-full',
      message: expect.stringMatching(/small disk is too small: \d+ bytes are needed, \d+ are free/),
    });
    expect(readdirSync(scratchDir)).toEqual([]);
    expect(readdirSync(outDir)).toEqual([]);
  } finally {
    run('umount', [scratchDir]);
  }
});
