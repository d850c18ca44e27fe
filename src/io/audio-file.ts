import type { AudioBlock } from '../base/audio-block.ts';
import { InternalError } from '../base/errors.ts';
import type { SampleFormat } from '../kernels/interfaces/pcm.ts';

/** An audio file being read in sequence, block by block. */
export interface AudioReader {
  /** Path as the user named it. */
  readonly file: string;
  /** What the file is: "WAV", "RF64", "BW64", "FLAC" ... */
  readonly container: string;
  readonly sampleRateHz: number;
  /** Rate of the file itself, where its audio comes converted to another. */
  readonly fileSampleRateHz?: number | undefined;
  readonly channelCount: number;
  readonly frameCount: number;
  /** How samples lie in the file; for decoded formats the form in which they come out of the decoder. */
  readonly sampleFormat: SampleFormat;
  /** Valid bits of a sample; for lossy formats those of `sampleFormat`. */
  readonly bitDepth: number;
  /** BS.2051 label of every channel in file order, only where the file itself says them. */
  readonly channelLabels?: readonly string[] | undefined;
  /** Normalisation of ambisonics in ACN order, only where the file itself says that it holds them. */
  readonly ambisonicNormalization?: 'SN3D' | 'N3D' | undefined;
  /** Place of the first sample on the production's time line (bext), in samples at `sampleRateHz`. */
  readonly timeReferenceSamples?: number | undefined;
  /** Makes `frame` (0 to frameCount) the next one that `read` gives. */
  seek(frame: number): void;
  /**
   * Fills `block.frameCount` frames, or what is left of the file, and sets nothing else.
   * @returns the number of frames given; 0 at the end
   * @throws FormatError where the file is damaged or holds samples that are not finite
   */
  read(block: AudioBlock): Promise<number>;
  close(): Promise<void>;
}

/** An audio file being written in sequence; it gets its final name only when it is whole. */
export interface AudioWriter {
  /** Path that the file will have. */
  readonly file: string;
  /** @throws OutputError where the disk is full or the file cannot be written; nothing is left behind then */
  write(block: AudioBlock): Promise<void>;
  /** Flushes, completes the header, syncs to disk and renames. */
  finish(): Promise<void>;
  /** Removes what was written; does nothing after `finish`. */
  abort(): Promise<void>;
}

/** Who wants to hear a file's bytes in order must know its length: the header comes first. */
export interface ByteListener {
  /** Frames that will be written. */
  readonly frameCount: number;
  hear(bytes: Uint8Array): void;
}

/** Checks that a block has as many channels as the file that it is read from or written to. @throws InternalError */
export function requireChannels(block: AudioBlock, channelCount: number, file: string): void {
  if (block.channels.length === channelCount) return;
  const message = `${file}: block of ${block.channels.length} channels for a file of ${channelCount}`;
  throw new InternalError('channel-count', message, { file });
}
