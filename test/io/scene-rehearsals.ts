import { join } from 'node:path';
import { expect } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { sceneFormats, type SceneFormatName } from '../../src/io/scene-formats.ts';
import type { SceneReader } from '../../src/io/scene-reader.ts';
import type { TrackSource } from '../../src/io/scene-writer.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { sceneTracks, type Scene } from '../../src/scene/scene.ts';
import { noise } from '../support.ts';

/** What is rehearsed is what is read of the files afterwards. */
const kernels = await loadKernels();
const sampleRateHz = 48_000;
const frameCount = 24_000;
/** Half a step of 24 bit. */
const roundingError = 2 ** -24;

function playing(channels: readonly Float32Array[]): TrackSource {
  let position = 0;
  return {
    seek: (frame) => void (position = frame),
    async read(block) {
      const given = Math.min(block.frameCount, frameCount - position);
      for (const [track, channel] of block.channels.entries())
        channel.set(channels[track]!.subarray(position, position + given));
      position += given;
      return given;
    },
    close: async () => undefined,
  };
}

/** All of a scene's audio, in blocks of changing lengths. */
async function play(reader: SceneReader): Promise<Float32Array[]> {
  const all = createAudioBlock(reader.channelCount, frameCount);
  reader.seek(0);
  for (let done = 0; done < frameCount;) {
    const wanted = Math.min(1 + ((done * 7) % 5000), frameCount - done);
    const part = { channels: all.channels.map((channel) => channel.subarray(done)), frameCount: wanted };
    done += await reader.read(part);
  }
  return all.channels;
}

/** Rehearses a scene, writes it and reads it; both must be the same. */
export async function expectRehearsed(folder: string, name: SceneFormatName, scene: Scene): Promise<void> {
  const { extension, plan } = sceneFormats[name];
  const file = join(folder, `rehearsed-${name}${extension}`);
  const tool = { name: 'periphon', version: [1, 2, 3] as const };
  const planned = plan(file, {
    ...{ scene, kernels, sampleRateHz, frameCount, tool },
    onWarning: () => undefined,
  });
  const channels = sceneTracks(scene).map((_, track) => noise(frameCount, track + 1, 0.5));
  const rehearsed = await planned.rehearse(playing(channels));
  const heard = await play(rehearsed);
  await rehearsed.close();
  const writer = await planned.start();
  await writer.write({ channels, frameCount });
  await writer.finish();
  const read = await openScene(file, { kernels });
  expect(rehearsed.scene).toEqual(read.scene);
  expect([rehearsed.frameCount, rehearsed.sampleRateHz]).toEqual([frameCount, sampleRateHz]);
  const written = await play(read);
  await read.close();
  expect(heard.length).toBe(written.length);
  for (const [track, samples] of written.entries())
    for (const [n, sample] of samples.entries())
      if (Math.abs(sample - heard[track]![n]!) > roundingError)
        expect.fail(`track ${track}, sample ${n}: ${heard[track]![n]} is rehearsed, ${sample} is read`);
}
