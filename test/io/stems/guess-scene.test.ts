import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guessScene } from '../../../src/io/stems/guess-scene.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { ramp, writeTestWav } from './write-wav.ts';

const kernels = createScalarKernels();
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'periphon-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what is guessed from a folder opens as a scene', async () => {
  const stems = join(folder, 'My Song');
  for (const label of ['L', 'R', 'C', 'LFE', 'Ls', 'Rs'])
    writeTestWav(join(stems, `Bed.${label}.wav`), [ramp(9, 0)]);
  writeTestWav(join(stems, 'vox.wav'), [ramp(9, 1)]);
  writeTestWav(join(stems, 'sub', 'ignored.wav'), [ramp(9, 1)]);
  writeFileSync(join(stems, 'broken.wav'), 'not audio');
  writeFileSync(join(stems, 'notes.txt'), 'x');
  const { document, guesses, fileName } = await guessScene(stems, { kernels });
  expect(fileName).toBe('My Song.scene.json');
  expect(guesses).toHaveLength(3);
  expect(guesses.at(-1)).toMatch(/^"broken.wav" is left out: /);
  const path = join(stems, fileName);
  writeFileSync(path, JSON.stringify(document));
  const reader = await openScene(path, { kernels });
  expect(reader).toMatchObject({ channelCount: 7, frameCount: 9, scene: { name: 'My Song' } });
  await reader.close();
});

test('a folder without stems, and no folder at all', async () => {
  mkdirSync(join(folder, 'empty'));
  await expect(guessScene(join(folder, 'empty'), { kernels })).rejects.toMatchObject({ code: 'no-stems' });
  await expect(guessScene(join(folder, 'none'), { kernels })).rejects.toMatchObject({ code: 'file-missing' });
});
