import { mkdtempSync, openSync, readSync, closeSync, rmSync, statSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { planAdm } from '../../../src/io/adm/adm-writer.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { openWavFile } from '../../../src/io/wav/wav-reader.ts';
import type { LargeFileForm } from '../../../src/io/wav/wav-writer.ts';
import { renderScene } from '../../../src/job/render-scene.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { requireTool, run } from '../../support.ts';
import { bedOf, blockOf, objectOf, sceneOf } from './write-scenes.ts';

/** ADM files above 4 GiB: written at full speed, found whole by others, opened at once, rendered deep inside. */
const sampleRateHz = 48_000;
const blockFrames = 4096;
const objectCount = 118;
const channelCount = 10 + objectCount;
const frameBytes = channelCount * 3;
/** 5 GiB of audio. */
const blockCount = Math.ceil((5 * 2 ** 30) / (frameBytes * blockFrames));
const frameCount = blockCount * blockFrames;
const neededBytes = 12e9;
const secondsToOpen = 2;
const grownBytesAllowed = 150e6;

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'periphon-large-adm-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function requireRoom(context: TestContext): void {
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize < neededBytes) context.skip(`less than ${neededBytes / 1e9} GB free in ${dir}`);
}

const scene = sceneOf(
  bedOf('7.1.2'),
  ...Array.from({ length: objectCount }, (_, index) =>
    objectOf(
      `object ${index}`,
      Array.from({ length: 100 }, (_, step) =>
        blockOf(step, 1, {
          position: { kind: 'cartesian', xyz: [Math.sin(step + index), 0, step / 100] },
          jumpPosition: true,
        }),
      ),
    ),
  ),
);
const levelOf = (channel: number): number => (channel + 1) / 256;

async function writeLarge(file: string, largeFileForm: LargeFileForm): Promise<number> {
  const kernels = await loadKernels({});
  const rssBefore = process.memoryUsage.rss();
  const tool = { name: 'periphon', version: [0, 1, 0] } as const;
  const options = { scene, kernels, sampleRateHz, frameCount, tool, largeFileForm };
  const writer = await planAdm(file, 'dolby', options).start();
  const quiet = createAudioBlock(channelCount, blockFrames);
  const marked = createAudioBlock(channelCount, blockFrames);
  marked.channels.forEach((samples, channel) => samples.fill(levelOf(channel)));
  let grownBytes = 0;
  for (let block = 0; block < blockCount; block++) {
    await writer.write(block === blockCount - 2 ? marked : quiet);
    if (block % 256 === 0) grownBytes = Math.max(grownBytes, process.memoryUsage.rss() - rssBefore);
  }
  await writer.finish();
  return grownBytes;
}

function sizesOf(file: string): readonly (string | number)[] {
  const head = Buffer.alloc(48);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, head, 0, head.length, 0);
  closeSync(descriptor);
  return [
    head.toString('latin1', 0, 4),
    head.toString('latin1', 12, 16),
    Number(head.readBigUInt64LE(20)),
    Number(head.readBigUInt64LE(28)),
    Number(head.readBigUInt64LE(36)),
  ];
}

test.for<LargeFileForm>(['bw64', 'rf64'])(
  '5 GiB as %s: sizes, metadata in under 2 s, a render from its end, flat memory',
  { timeout: 600_000 },
  async (form, context) => {
    requireRoom(context);
    requireTool(context, 'ffprobe');
    const file = join(dir, 'long.wav');
    expect(await writeLarge(file, form)).toBeLessThan(grownBytesAllowed);
    const { size } = statSync(file);
    expect(sizesOf(file)).toEqual([
      form.toUpperCase(),
      'ds64',
      size - 8,
      frameCount * frameBytes,
      frameCount,
    ]);
    const { stdout } = run('ffprobe', [
      ...['-v', 'error', '-show_entries', 'stream=channels,duration_ts', '-of', 'csv=p=0', file],
    ]);
    expect(stdout.trim()).toBe(`${channelCount},${frameCount}`);

    const kernels = await loadKernels({});
    const [before, rssBefore] = [process.cpuUsage(), process.memoryUsage.rss()];
    const reader = await openScene(file, { kernels });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(secondsToOpen);
    expect(reader).toMatchObject({ channelCount, frameCount });
    expect(reader.scene.elements).toHaveLength(1 + objectCount);
    const block = createAudioBlock(channelCount, blockFrames);
    reader.seek(frameCount - 2 * blockFrames);
    await reader.read(block);
    block.channels.forEach((samples, channel) => expect(samples[blockFrames - 1]).toBe(levelOf(channel)));
    await reader.close();

    const outDir = join(dir, `renders ${form}`);
    const fromSec = (frameCount - 2 * blockFrames) / sampleRateHz;
    const result = await renderScene({ scene: file, targets: ['7.1.4'], outDir, fromSec, durationSec: 0.05 });
    const rendered = await openWavFile(result.files[0]!.file, { kernels });
    const bed = createAudioBlock(rendered.channelCount, 100);
    await rendered.read(bed);
    await rendered.close();
    expect(Math.max(...bed.channels.map((samples) => samples[50]!))).toBe(levelOf(7));
    expect(process.memoryUsage.rss() - rssBefore).toBeLessThan(grownBytesAllowed);
    rmSync(file);
  },
);
