import type { AudioReader } from './audio-file.ts';
import type { TrackSource } from './scene-writer.ts';

/** Audio of a file that is planned. */
export interface PlannedAudio extends Pick<
  AudioReader,
  'file' | 'container' | 'sampleRateHz' | 'frameCount'
> {
  /** Tracks of the scene. */
  readonly trackCount: number;
  /** Track of the scene for every channel of the file; undefined for silence. */
  readonly sources: readonly (number | undefined)[];
}

/** Reads the audio of a file as if it were written, of 24 bit; it is not rounded. It owns the tracks and closes them. */
export function createPlannedAudio(
  { sources, trackCount, ...planned }: PlannedAudio,
  tracks: TrackSource,
): AudioReader {
  let rows = Array.from({ length: trackCount }, () => new Float32Array(0));
  return {
    ...planned,
    ...{ channelCount: sources.length, sampleFormat: 'int24', bitDepth: 24 },
    seek: (frame) => tracks.seek(frame),
    close: () => tracks.close(),
    async read({ channels, frameCount }) {
      if (rows.some(({ length }) => length < frameCount)) rows = rows.map(() => new Float32Array(frameCount));
      const given = await tracks.read({ channels: rows, frameCount });
      for (const [channel, track] of sources.entries()) {
        if (track === undefined) channels[channel]!.fill(0, 0, given);
        else channels[channel]!.set(rows[track]!.subarray(0, given));
      }
      return given;
    },
  };
}
