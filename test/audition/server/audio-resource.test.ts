import { expect, test } from 'vitest';
import { audioResource } from '../../../src/audition/server/audio-resource.ts';

const channelCount = 3;
const frameCount = 100_000;
/** Sample k of the whole is k. */
const read = async (startFrame: number, count: number) =>
  Float32Array.from({ length: count * channelCount }, (_, index) => startFrame * channelCount + index);
const whole = Buffer.from((await read(0, frameCount)).buffer);

async function bytesOf(start: number, end: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of audioResource({ channelCount, frameCount }, read).read(start, end))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

test('is as long as all samples', () => {
  expect(audioResource({ channelCount, frameCount }, read).sizeBytes).toBe(whole.length);
});

test.each([
  [0, whole.length - 1],
  [0, 0],
  [5, 5],
  [11, 12],
  [1, 300_000],
  [262_139, 262_160],
  [whole.length - 1, whole.length - 1],
])('bytes %i to %i', async (start, end) => {
  expect((await bytesOf(start, end)).equals(whole.subarray(start, end + 1))).toBe(true);
});

test('a failure is thrown where it happens', async () => {
  const broken = async (startFrame: number, count: number) => {
    if (startFrame > 0) throw new Error('broken');
    return read(startFrame, count);
  };
  const pieces = audioResource({ channelCount, frameCount }, broken).read(0, whole.length - 1);
  expect((await pieces.next()).done).toBe(false);
  await expect(pieces.next()).rejects.toThrow('broken');
});
