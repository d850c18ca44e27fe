import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createProgrammeFiles } from '../../src/job/programme-files.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { readPlainWav } from '../cli/outside-tools.ts';
import { jobFolder } from './scenes.ts';

const [folder, emptyFolder] = [jobFolder(), jobFolder()];

const options = {
  kernels: createScalarKernels(),
  sampleRateHz: 48000,
  channelCount: 1,
  sampleFormat: 'int16',
} as const;

/** Gives frames 1 to 1000 in blocks of 300. */
async function feed(files: ReturnType<typeof createProgrammeFiles>): Promise<void> {
  for (let start = 0; start < 1000; start += 300) {
    const block = createAudioBlock(1, Math.min(300, 1000 - start));
    for (let frame = 0; frame < block.frameCount; frame++)
      block.channels[0]![frame] = (start + frame) / 32768;
    await files.take(block);
  }
}

test('parts go to their files, whatever the blocks; what is in no part is left out', async () => {
  const parts = [
    { outFile: join(folder, 'a.wav'), startFrame: 10, frameCount: 250 },
    { outFile: join(folder, 'b.wav'), startFrame: 260, frameCount: 1 },
    { outFile: join(folder, 'c.wav'), startFrame: 261, frameCount: 700 },
  ];
  const heard = [0, 0, 0];
  const listeners = heard.map((_, index) => ({
    take: ({ frameCount }: { frameCount: number }) => void (heard[index]! += frameCount),
  }));
  const files = createProgrammeFiles(parts, options, listeners);
  await feed(files);
  expect(readdirSync(folder).every((name) => name.startsWith('.'))).toBe(true);
  const hashes = await files.finish();
  expect(readdirSync(folder)).toEqual(['a.wav', 'b.wav', 'c.wav']);
  expect(heard).toEqual([250, 1, 700]);
  for (const [index, { outFile, startFrame, frameCount }] of parts.entries()) {
    expect(hashes[index]).toBe(createHash('sha256').update(readFileSync(outFile)).digest('hex'));
    const samples = [...readPlainWav(outFile).channels[0]!].map((x) => x * 32768);
    expect(samples).toEqual(Array.from({ length: frameCount }, (_, n) => startFrame + n));
  }
});

test('aborted files leave nothing', async () => {
  const folder = emptyFolder;
  const part = { outFile: join(folder, 'a.wav'), startFrame: 0, frameCount: 1000 };
  const files = createProgrammeFiles([part], options);
  await feed(files);
  await files.abort();
  expect(readdirSync(folder)).toEqual([]);
});
