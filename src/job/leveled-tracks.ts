import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import type { TrackSource } from '../io/scene-writer.ts';
import { limiterStageCapacityFrames } from '../master/limiter-stage.ts';
import { curveRowCount, raisePeaks } from '../master/render-curve.ts';
import type { SceneGain } from '../master/scene-gain.ts';
import { openScratchReader, type ScratchDescription, type ScratchReader } from './scratch.ts';

/** What tracks are leveled with. */
export interface LeveledTracksOptions {
  /** The tracks at unity gain, read from their first sample. */
  readonly tracks: TrackSource;
  readonly gain: Pick<SceneGain, 'latencySamples' | 'process'>;
  /** Row of the gain that each track goes by. */
  readonly rowOfTrack: readonly number[];
  /** Recorded peaks of all renders of the tracks at unity gain, each with the rows of the gain. */
  readonly peaks: readonly ScratchDescription[];
  /** Gets every block when it has its gain, and may change it before it is read. */
  readonly take: (block: AudioBlock) => Promise<void>;
}

/**
 * Opens the tracks of a scene with the gain of the scene on all of them; they are read once, from their first sample. The
 * latency of the gain is read ahead. Closing leaves the tracks open.
 */
export async function openLeveledTracks(options: LeveledTracksOptions): Promise<TrackSource> {
  const { tracks, gain, rowOfTrack, take } = options;
  const readers: ScratchReader[] = [];
  const close = async (): Promise<void> => {
    for (const reader of readers) await reader.close();
  };
  try {
    for (const scratch of options.peaks) readers.push(await openScratchReader(scratch));
    const { channels: gains } = createAudioBlock(curveRowCount, limiterStageCapacityFrames);
    const own = createAudioBlock(curveRowCount, limiterStageCapacityFrames);
    /** Writes the next gains; no peaks are behind the end. */
    const next = async (frameCount: number): Promise<void> => {
      for (const row of gains) row.fill(0, 0, frameCount);
      own.frameCount = frameCount;
      for (const reader of readers) {
        const given = await reader.read(own);
        for (const [row, peaks] of own.channels.entries()) raisePeaks(gains[row]!, peaks, given);
      }
      gain.process(gains, frameCount, gains);
    };
    for (let left = gain.latencySamples; left > 0; left -= limiterStageCapacityFrames)
      await next(Math.min(left, limiterStageCapacityFrames));
    return {
      close,
      seek: (frame) => tracks.seek(frame),
      async read(block) {
        const given = await tracks.read(block);
        for (let from = 0; from < given; from += limiterStageCapacityFrames) {
          const frameCount = Math.min(given - from, limiterStageCapacityFrames);
          await next(frameCount);
          for (const [track, channel] of block.channels.entries())
            multiply(channel.subarray(from, from + frameCount), gains[rowOfTrack[track]!]!);
        }
        await take({ channels: block.channels, frameCount: given });
        return given;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function multiply(samples: Float32Array, gains: Float32Array): void {
  for (let n = 0; n < samples.length; n++) samples[n]! *= gains[n]!;
}
