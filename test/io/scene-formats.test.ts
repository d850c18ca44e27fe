import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { sceneFormats } from '../../src/io/scene-formats.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { jobFolder } from '../job/scenes.ts';
import { objectOf, sceneOf } from './adm/write-scenes.ts';

const folder = jobFolder();

test.each([
  ['adm-dolby', 'ebuCoreMain'],
  ['adm-itu', 'ITU-R_BS.2076-2'],
  ['damf', 'bedInstances'],
  ['stems', '"objects"'],
] as const)('%s writes %s', async (name, mark) => {
  const { extension, plan } = sceneFormats[name];
  const file = join(folder, `${name}${extension}`);
  const tool = { name: 'periphon', version: [0, 1, 0] as const };
  const options = {
    scene: sceneOf(objectOf('a')),
    kernels: await loadKernels(),
    sampleRateHz: 48_000,
    frameCount: 480,
    tool,
  };
  const planned = plan(file, options);
  expect(planned.files[0]).toBe(file);
  const writer = await planned.start();
  await writer.write(createAudioBlock(1, 480));
  await writer.finish();
  expect(readFileSync(file).includes(mark)).toBe(true);
});
