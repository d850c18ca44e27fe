import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { listensOnHeadphones, openSideChains } from '../../src/job/side-chains.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import type { SceneEntry } from '../../src/master/scene-stage/entry-schema.ts';
import { sine, writeWav } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const entry = (detector: unknown, more: Partial<SceneEntry> = {}): SceneEntry => ({
  ...{ type: 'compressor', id: 'c', group: 'all', amount: 1, bypass: false, note: undefined },
  parameters: { detector },
  ...more,
});
const open = async (entries: readonly SceneEntry[]) =>
  openSideChains(entries, { folder, sampleRateHz: 48000, kernels: await loadKernels({}) });

test('files of detectors are opened once each, beside the recipe, at the rate of the scene', async () => {
  writeWav(join(folder, 'kick.wav'), [sine(50, 0.5), sine(60, 0.5)], 4800);
  writeWav(join(folder, 'slow.wav'), [sine(50, 0.5)], 4410, { sampleRateHz: 44100 });
  const absolute = join(folder, 'kick.wav');
  const readers = await open([
    entry({ file: 'kick.wav' }),
    entry('own'),
    entry({ file: 'slow.wav' }),
    entry({ file: 'kick.wav' }),
    entry({ file: absolute }),
    entry({ file: 'missing.wav' }, { bypass: true }),
    entry(undefined),
  ]);
  expect([...readers].map(([name, { channelCount }]) => [name, channelCount])).toEqual([
    ['kick.wav', 2],
    ['slow.wav', 1],
    [absolute, 2],
  ]);
  const slow = readers.get('slow.wav')!;
  expect([slow.sampleRateHz, slow.frameCount]).toEqual([48000, 4800]);
  expect(await slow.read(createAudioBlock(1, 4800))).toBe(4800);
  for (const reader of readers.values()) await reader.close();
});

test('a file that is not there is refused', async () => {
  await expect(open([entry({ file: 'none.wav' })])).rejects.toMatchObject({ code: 'file-missing' });
});

test('only detectors that work and listen to binaural want an HRTF', () => {
  expect(listensOnHeadphones([entry({ render: '7.1.4' }), entry('own')])).toBe(false);
  expect(listensOnHeadphones([entry({ render: 'binaural' }, { amount: 0 })])).toBe(false);
  expect(listensOnHeadphones([entry({ render: 'binaural' })])).toBe(true);
  const limiter = (renders: string[]): SceneEntry => entry(undefined, { parameters: { renders } });
  expect(listensOnHeadphones([limiter(['7.1.4', 'binaural'])])).toBe(true);
  expect(listensOnHeadphones([limiter(['7.1.4'])])).toBe(false);
});
