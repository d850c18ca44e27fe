import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { probeSource } from '../../../src/audition/server/source-plan.ts';
import {
  createSourceShelf,
  openSource,
  type SourceReader,
} from '../../../src/audition/server/source-reader.ts';
import type { Kernels } from '../../../src/kernels/kernels.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { sine, temporaryFolder, writeWav } from '../../cli/cli-support.ts';

const folder = temporaryFolder();
const frameCount = 4800;
/** Tells channels and frames apart. */
const ramp = (channel: number) => (frame: number) => (frame + channel * 0.1) / 8192;
let kernels: Kernels;
beforeAll(async () => {
  kernels = await loadKernels();
});

async function open(name: string, channelCount: number, sampleRateHz = 48000): Promise<SourceReader> {
  const file = join(folder, name);
  const signals = Array.from({ length: channelCount }, (_, channel) => ramp(channel));
  writeWav(file, signals, frameCount, { float: true });
  const { plan } = await probeSource(file, { kernels });
  return openSource(plan, sampleRateHz, kernels);
}

test('gives channels in the order in which they are served, times their gains', async () => {
  const reader = await open('a.ambix1.n3d.wav', 4);
  const block = createAudioBlock(4, 10);
  reader.seek(100);
  expect(await reader.read(block)).toBe(10);
  block.channels.forEach((samples, channel) => {
    const gain = channel === 0 ? 1 : 1 / Math.sqrt(3);
    expect(samples[5]).toBeCloseTo(gain * ramp(channel)(105), 6);
  });
  await reader.close();
});

test('leaves out the orders that are not heard', async () => {
  const reader = await open('a.ambix4.wav', 25);
  const block = createAudioBlock(16, 10);
  await reader.read(block);
  expect(block.channels[15]![3]).toBeCloseTo(ramp(15)(3), 6);
  await reader.close();
});

test('brings files to the rate of the session', async () => {
  const file = join(folder, 'rate.wav');
  writeWav(file, [sine(1000, 0.5), sine(1000, 0.5)], frameCount, { float: true });
  const { plan } = await probeSource(file, { kernels });
  const reader = await openSource(plan, 96000, kernels);
  expect(reader.frameCount).toBe(2 * frameCount);
  const block = createAudioBlock(2, 100);
  reader.seek(4000);
  await reader.read(block);
  for (let n = 0; n < 100; n++)
    expect(block.channels[0]![n]).toBeCloseTo(0.5 * Math.sin((2 * Math.PI * 1000 * (4000 + n)) / 96000), 3);
  await reader.close();
});

/** A reader whose samples are its frames, and that counts what is asked of it. */
function counting(log: string[]): SourceReader {
  let position = 0;
  return {
    channelCount: 2,
    frameCount: 1000,
    seek(frame) {
      log.push(`seek ${frame}`);
      position = frame;
    },
    async read(block) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const got = Math.min(block.frameCount, 1000 - position);
      block.channels.forEach((channel, index) => {
        for (let n = 0; n < got; n++) channel[n] = position + n + index / 2;
      });
      position += got;
      return got;
    },
    close: async () => void log.push('close'),
  };
}

test('stretches that follow each other are read on; who asks for another place sends the one reader there', async () => {
  const log: string[] = [];
  const shelf = createSourceShelf(async () => {
    log.push('open');
    return counting(log);
  });
  expect([...(await shelf.read('a', 0, 2))]).toEqual([0, 0.5, 1, 1.5]);
  const [second, far] = await Promise.all([shelf.read('a', 2, 1), shelf.read('a', 500, 1)]);
  expect([...second!, ...far!]).toEqual([2, 2.5, 500, 500.5]);
  for (const frame of [501, 3, 502]) expect((await shelf.read('a', frame, 1))[0]).toBe(frame);
  expect(log.splice(0)).toEqual(['open', 'seek 500', 'seek 3', 'seek 502']);
  await shelf.read('b', 7, 1);
  expect(log.splice(0)).toEqual(['open', 'seek 7']);
  await shelf.close();
  expect(log).toEqual(['close', 'close']);
});

test('a read of nothing opens the source, so that what follows need not', async () => {
  const log: string[] = [];
  const shelf = createSourceShelf(async () => {
    log.push('open');
    return counting(log);
  });
  expect(await shelf.read('a', 0, 0)).toHaveLength(0);
  expect([...(await shelf.read('a', 0, 1))]).toEqual([0, 0.5]);
  expect(log).toEqual(['open']);
});

test('behind the end comes silence, and a failure does not stop what follows', async () => {
  let isBroken = true;
  const shelf = createSourceShelf(async () => {
    if (isBroken) throw new Error('broken');
    return counting([]);
  });
  await expect(shelf.read('a', 0, 1)).rejects.toThrow('broken');
  isBroken = false;
  expect([...(await shelf.read('a', 999, 2))]).toEqual([999, 999.5, 0, 0]);
});
