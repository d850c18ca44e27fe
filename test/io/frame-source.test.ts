import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createFrameSource } from '../../src/io/frame-source.ts';
import { openInputFile } from '../../src/io/input-file.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';

const folder = mkdtempSync(join(tmpdir(), 'periphon-frames-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const kernels = createScalarKernels();
const frameCount = 200_000;

async function openFrames(name: string) {
  const file = join(folder, name);
  const bytes = Buffer.alloc(5 + 2 * frameCount);
  for (let frame = 0; frame < frameCount; frame++) bytes.writeInt16BE(frame % 30_000, 5 + 2 * frame);
  writeFileSync(file, bytes);
  const input = await openInputFile(file);
  const layout = { sampleFormat: 'int16', channelCount: 1, sampleRateHz: 48000, byteOffset: 5 } as const;
  const source = createFrameSource(input, { ...layout, byteOrder: 'big', frameCount, name: 'raw' }, kernels);
  return { file, input, source };
}

test('blocks across the bounds of its buffer, and back', async () => {
  const { input, source } = await openFrames('a');
  const block = createAudioBlock(1, 150_000);
  source.seek(100);
  expect(await source.read(block)).toBe(150_000);
  for (const frame of [0, 130_971, 130_972, 149_999])
    expect(block.channels[0]![frame]! * 32768).toBe((frame + 100) % 30_000);
  expect(await source.read(block)).toBe(49_900);
  expect(await source.read(block)).toBe(0);
  source.seek(7);
  await source.read(block);
  expect(block.channels[0]![0]! * 32768).toBe(7);
  expect(() => source.seek(frameCount + 1)).toThrow(RangeError);
  await input.close();
});

test('a file that becomes shorter meanwhile is told with the code of its format', async () => {
  const { file, input, source } = await openFrames('b');
  truncateSync(file, 1000);
  await expect(source.read(createAudioBlock(1, 10_000))).rejects.toMatchObject({
    code: 'raw-truncated',
    byteOffset: 5,
  });
  await input.close();
});
