import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { openCafFile } from '../../../src/io/caf/caf-reader.ts';
import { createCafWriter } from '../../../src/io/caf/caf-writer.ts';
import { createHashListener, hashFile } from '../../../src/io/hash-file.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { noise, requireTool, run } from '../../support.ts';
import { readWhole } from '../wav/read-whole.ts';

const kernels = await loadKernels();
const folder = mkdtempSync(join(tmpdir(), 'periphon-caf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const options = { kernels, sampleRateHz: 48000, channelCount: 3 };

async function write(file: string, frameCount: number, blockFrames: number) {
  const channels = [1, 2, 3].map((seed) =>
    noise(frameCount, seed, 0.9).map((sample) => Math.round(sample * 2 ** 23) / 2 ** 23),
  );
  const writer = await createCafWriter(file, { ...options, overwrite: true });
  for (let at = 0; at < frameCount; at += blockFrames) {
    const frames = Math.min(blockFrames, frameCount - at);
    await writer.write({
      channels: channels.map((channel) => channel.subarray(at, at + frames)),
      frameCount: frames,
    });
  }
  await writer.finish();
  return channels;
}

test('the header, byte by byte, and big-endian samples', async () => {
  const file = join(folder, 'a.caf');
  const channels = await write(file, 2, 2);
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 68).toString('hex')).toBe(
    '63616666' + // caff
      '00010000' + // version 1
      '64657363' + // desc
      '0000000000000020' +
      '40e7700000000000' + // 48000
      '6c70636d' + // lpcm
      '00000000' + // big-endian integers
      '00000009' + // bytes a packet
      '00000001' +
      '00000003' + // channels
      '00000018' + // bits
      '64617461' + // data
      '0000000000000016' + // 18 bytes of samples and 4 of the edit count
      '00000000',
  );
  expect(bytes.length).toBe(86);
  expect(bytes.readIntBE(68, 3)).toBe(channels[0]![0]! * 2 ** 23);
  expect(bytes.readIntBE(83, 3)).toBe(channels[2]![1]! * 2 ** 23);
});

test.each([1, 333, 70_000])('what is written in blocks of %i frames reads the same', async (blockFrames) => {
  const file = join(folder, 'b.caf');
  const channels = await write(file, blockFrames === 1 ? 100 : 70_000, blockFrames);
  const reader = await openCafFile(file, { kernels });
  const read = await readWhole(reader);
  for (const [index, channel] of channels.entries())
    expect(Buffer.from(read[index]!.buffer).equals(Buffer.from(channel.buffer))).toBe(true);
});

test('ffprobe and ffmpeg read it sample by sample', async (context) => {
  requireTool(context, 'ffmpeg');
  const file = join(folder, 'c.caf');
  const channels = await write(file, 5000, 512);
  const { stdout } = run('ffprobe', ['-v', 'error', '-show_streams', file]);
  for (const line of ['codec_name=pcm_s24be', 'channels=3', 'sample_rate=48000', 'duration=0.104167'])
    expect(stdout).toContain(line);
  const raw = join(folder, 'c.s32');
  run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-f', 's32le', raw]);
  const bytes = readFileSync(raw);
  const theirs = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const ours = Int32Array.from(theirs, (_, i) => channels[i % 3]![Math.floor(i / 3)]! * 2 ** 31);
  expect(Buffer.from(ours.buffer).equals(bytes)).toBe(true);
});

test('a listener hears every byte in order, and must know the length', async () => {
  const file = join(folder, 'heard.caf');
  const listener = createHashListener(5000);
  const writer = await createCafWriter(file, { ...options, listener });
  const block = { channels: [1, 2, 3].map((seed) => noise(2500, seed, 0.9)), frameCount: 2500 };
  await writer.write(block);
  await writer.write(block);
  await writer.finish();
  expect(listener.sha256()).toBe((await hashFile(file)).sha256);
  const short = join(folder, 'short.caf');
  const other = await createCafWriter(short, { ...options, listener: createHashListener(5000) });
  await other.write(block);
  await expect(other.finish()).rejects.toMatchObject({ code: 'caf-length' });
  expect(existsSync(short)).toBe(false);
});

test('nothing is left of what was aborted or cannot be; existing files stay', async () => {
  const before = readdirSync(folder);
  const writer = await createCafWriter(join(folder, 'd.caf'), options);
  await writer.write(createAudioBlock(3, 100));
  await writer.abort();
  await expect(createCafWriter(join(folder, 'a.caf'), options)).rejects.toMatchObject({
    code: 'output-exists',
  });
  await expect(
    createCafWriter(join(folder, 'e.caf'), { ...options, channelCount: 257 }),
  ).rejects.toMatchObject({ code: 'caf-options' });
  expect(readdirSync(folder)).toEqual(before);
});
