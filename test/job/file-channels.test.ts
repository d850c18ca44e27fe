import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAudioFile } from '../../src/io/open-audio-file.ts';
import { fileChannels } from '../../src/job/file-channels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { whiteNoise, writeWav } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();

async function channelsOf(name: string, channelCount: number, layout?: string) {
  const file = join(folder, name);
  writeWav(
    file,
    Array.from({ length: channelCount }, (_, seed) => whiteNoise(seed, 0.1)),
    10,
  );
  const reader = await openAudioFile(file, { kernels: createScalarKernels() });
  try {
    return fileChannels(reader, { layout });
  } finally {
    await reader.close();
  }
}

test('loudspeakers by what is asked for, else by the file', async () => {
  const labels = async (layout?: string) =>
    (await channelsOf('six.wav', 6, layout)).layout!.loudspeakers.map(({ label }) => label);
  expect(await labels('5.1')).toEqual(['M+030', 'M-030', 'M+000', 'LFE1', 'M+110', 'M-110']);
  expect(await labels()).toEqual(await labels('0+5+0'));
  await expect(labels('7.1.4')).rejects.toThrow('has 6 channels, but layout 7.1.4 has 12');
});

test('ambisonics by what is asked for, else by the name', async () => {
  const named = (await channelsOf('room_ambix1.wav', 6)).ambisonic;
  expect(named).toEqual({ order: 1, normalization: 'SN3D', isHeadLocked: true });
  expect((await channelsOf('room.wav', 9, 'ambix2')).ambisonic?.order).toBe(2);
  await expect(channelsOf('room.wav', 8, 'ambix2')).rejects.toThrow('8 channels, but ambix2 has 9');
});
