import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { openLeveledTracks } from '../../src/job/leveled-tracks.ts';
import { createScratch, removeScratch } from '../../src/job/scratch.ts';
import type { SceneGain } from '../../src/master/scene-gain.ts';
import { jobFolder } from './scenes.ts';

const scratchDir = jobFolder();
const frameCount = 10_000;
const latencySamples = 5000;

/** Tells the highest peak of each frame as its gain, late. */
function echoGain(): Pick<SceneGain, 'latencySamples' | 'process'> {
  const late = [0, 1].map(() => new Float32Array(latencySamples));
  let at = 0;
  return {
    latencySamples,
    process(peaks, frames, gains) {
      for (let n = 0; n < frames; n++, at = (at + 1) % latencySamples)
        for (const [row, own] of late.entries()) [gains[row]![n], own[at]] = [own[at]!, peaks[row]![n]!];
    },
  };
}

async function peaksOf(peak: (frame: number) => number) {
  const scratch = await createScratch(scratchDir, { channelCount: 2, frameCount });
  const main = Float32Array.from({ length: frameCount }, (_, n) => peak(n));
  await scratch.write({ channels: [main, new Float32Array(frameCount).fill(0.5)], frameCount });
  await scratch.close();
  return scratch.description;
}

test.each([frameCount, 777])(
  'every frame has its own gain, of the highest render (blocks of %d)',
  async (size) => {
    const peaks = [await peaksOf((n) => (n % 2 === 0 ? n : 0)), await peaksOf((n) => (n % 2 === 1 ? n : 0))];
    let position = 0;
    const taken: number[] = [];
    const tracks = await openLeveledTracks({
      ...{ gain: echoGain(), peaks, rowOfTrack: [0, 0, 1] },
      tracks: {
        seek: () => undefined,
        close: async () => undefined,
        async read({ channels, frameCount: wanted }) {
          const given = Math.min(wanted, frameCount - position);
          position += given;
          for (const [track, channel] of channels.entries()) channel.fill(track + 1, 0, given);
          return given;
        },
      },
      take: async ({ channels, frameCount: frames }) => void taken.push(...channels[1]!.subarray(0, frames)),
    });
    for (let done = 0; done < frameCount;) {
      const block = createAudioBlock(3, size);
      const given = await tracks.read(block);
      for (let n = 0; n < given; n++)
        if (block.channels[0]![n] !== done + n || block.channels[2]![n] !== 1.5)
          expect.fail(`frame ${done + n} has gain ${block.channels[0]![n]}`);
      done += given;
    }
    expect(taken).toHaveLength(frameCount);
    expect(taken[4321]).toBe(2 * 4321);
    await tracks.close();
    for (const scratch of peaks) await removeScratch(scratch);
  },
);
