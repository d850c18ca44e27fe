import type { AudioBlock } from '../../base/audio-block.ts';
import type { AudioReader } from '../audio-file.ts';

/** An audio file placed on the time line of a scene. */
export interface PlacedStem {
  readonly reader: AudioReader;
  /** Sample of the scene at which the file starts. */
  readonly startSample: number;
  /** Tracks of the scene that each channel of the file feeds: [file channel][any number of tracks]. */
  readonly tracks: readonly (readonly number[])[];
}

/** Reads one placed file into the tracks that it feeds. */
export interface StemPlayer {
  /** Fills its tracks of a block whose first frame is `position` in the scene; silence outside the file. */
  read(block: AudioBlock, position: number): Promise<void>;
}

/**
 * Makes a player. The file is decoded straight into the block: only a channel that feeds several tracks is
 * copied, and channels that feed none share one scratch array.
 */
export function createStemPlayer({ reader, startSample, tracks }: PlacedStem): StemPlayer {
  const target: { channels: Float32Array[]; frameCount: number } = { channels: [], frameCount: 0 };
  let scratch = new Float32Array(0);
  let nextFrame = 0;

  /** Points the channels of the file at the block, `offset` frames in. */
  function aim(block: AudioBlock, offset: number, frameCount: number): void {
    if (scratch.length < frameCount) scratch = new Float32Array(frameCount);
    for (const [channel, [first]] of tracks.entries()) {
      const track = first === undefined ? undefined : block.channels[first];
      target.channels[channel] = track ? (offset === 0 ? track : track.subarray(offset)) : scratch;
    }
    target.frameCount = frameCount;
  }

  /** Silences what the file did not fill and copies to further tracks of the same channel. */
  function complete(block: AudioBlock, offset: number, filled: number): void {
    for (const [first, ...others] of tracks) {
      const track = first === undefined ? undefined : block.channels[first];
      if (!track) continue;
      track.fill(0, 0, offset);
      track.fill(0, offset + filled, block.frameCount);
      for (const other of others) block.channels[other]?.set(track.subarray(0, block.frameCount));
    }
  }

  return {
    async read(block, position) {
      const from = Math.max(position, startSample);
      const to = Math.min(position + block.frameCount, startSample + reader.frameCount);
      if (from >= to) return complete(block, 0, 0);
      const offset = from - position;
      aim(block, offset, to - from);
      if (nextFrame !== from - startSample) reader.seek(from - startSample);
      const filled = await reader.read(target);
      nextFrame = from - startSample + filled;
      complete(block, offset, filled);
    },
  };
}
