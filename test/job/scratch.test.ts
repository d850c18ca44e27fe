import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import {
  checkScratchSpace,
  createScratch,
  openScratchReader,
  scratchBytes,
  type ScratchReader,
} from '../../src/job/scratch.ts';
import { noise } from '../support.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-scratch-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

async function readWhole(
  reader: ScratchReader,
  channelCount: number,
  blockFrames: number,
): Promise<number[][]> {
  const block = createAudioBlock(channelCount, blockFrames);
  const channels: number[][] = Array.from({ length: channelCount }, () => []);
  for (let frames = await reader.read(block); frames > 0; frames = await reader.read(block)) {
    channels.forEach((channel, index) => channel.push(...block.channels[index]!.subarray(0, frames)));
  }
  await reader.close();
  return channels;
}

test.each([
  [1, 100_000, 4096, 1000],
  [12, 10_000, 333, 5000],
  [64, 3000, 512, 1],
  [128, 1500, 1500, 700],
])(
  '%i channels of %i frames come back bit for bit',
  async (channelCount, frameCount, writeFrames, readFrames) => {
    const channels = Array.from({ length: channelCount }, (_, index) => noise(frameCount, index + 1, 3));
    const scratch = await createScratch(dir, { channelCount, frameCount });
    for (let at = 0; at < frameCount; at += writeFrames) {
      const end = Math.min(frameCount, at + writeFrames);
      await scratch.write({
        channels: channels.map((channel) => channel.slice(at, end)),
        frameCount: end - at,
      });
    }
    const expected = channels.map((channel) => [...channel]);
    expect(await readWhole(scratch.openReader(), channelCount, readFrames)).toEqual(expected);

    const elsewhere = JSON.parse(JSON.stringify(scratch.description)) as typeof scratch.description;
    const reader = await openScratchReader(elsewhere);
    reader.seek(frameCount - 700);
    const tails = await readWhole(reader, channelCount, readFrames);
    expect(tails).toEqual(expected.map((channel) => channel.slice(-700)));
    await scratch.dispose();
    await scratch.dispose();
    expect(readdirSync(dir)).toEqual([]);
  },
);

test('fewer frames than announced are fewer frames to read', async () => {
  const scratch = await createScratch(dir, { channelCount: 2, frameCount: 10_000 });
  expect(await scratch.openReader().read(createAudioBlock(2, 10))).toBe(0);
  await scratch.write(createAudioBlock(2, 123));
  expect(await scratch.openReader().read(createAudioBlock(2, 1000))).toBe(123);
  expect(() => scratch.openReader().seek(124)).toThrow(RangeError);
  await scratch.dispose();
});

test('more frames than announced are our own fault', async () => {
  const scratch = await createScratch(dir, { channelCount: 1, frameCount: 10 });
  await expect(scratch.write(createAudioBlock(1, 11))).rejects.toMatchObject({ name: 'InternalError' });
  await scratch.dispose();
});

test('a folder without room is refused before anything is written', async () => {
  const tooMany = { channelCount: 64, frameCount: 2 ** 45 };
  const refusal = expect(createScratch(dir, tooMany)).rejects;
  await refusal.toMatchObject({
    name: 'OutputError',
    code: 'scratch-full',
    message: expect.stringMatching(
      new RegExp(`${dir} is too small: ${scratchBytes(tooMany)} bytes are needed, \\d+ are free`),
    ),
  });
  expect(readdirSync(dir)).toEqual([]);
  await expect(checkScratchSpace(dir, 1)).resolves.toBeUndefined();
});

test('a folder that does not exist', async () => {
  await expect(createScratch(join(dir, 'no'), { channelCount: 1, frameCount: 1 })).rejects.toMatchObject({
    code: 'scratch-unwritable',
  });
});

test('a disk that fills up meanwhile', async () => {
  const probe = await open(join(dir, 'probe'), 'w');
  const write = vi.spyOn(Object.getPrototypeOf(probe), 'write');
  await probe.close();
  write.mockRejectedValue(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  const scratch = await createScratch(dir, { channelCount: 1, frameCount: 1e6 });
  await expect(scratch.write(createAudioBlock(1, 1e6))).rejects.toMatchObject({ code: 'scratch-full' });
  await scratch.dispose();
  expect(existsSync(scratch.description.path)).toBe(false);
});

test('a file that is gone or cut off', async () => {
  const scratch = await createScratch(dir, { channelCount: 1, frameCount: 100_000 });
  await scratch.write(createAudioBlock(1, 100_000));
  await scratch.flush();
  truncateSync(scratch.description.path, 1000);
  const reader = await openScratchReader(scratch.description);
  await expect(reader.read(createAudioBlock(1, 10))).rejects.toMatchObject({ code: 'scratch-truncated' });
  await reader.close();
  await scratch.dispose();
  await expect(openScratchReader(scratch.description)).rejects.toMatchObject({ code: 'scratch-missing' });
});
