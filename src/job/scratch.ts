import { randomBytes } from 'node:crypto';
import { open, rm, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioBlock } from '../base/audio-block.ts';
import { FormatError, InternalError, OutputError } from '../base/errors.ts';
import { requireChannels } from '../io/audio-file.ts';
import { writeAll } from '../io/atomic-file.ts';
import { createWriteBehind } from '../io/write-behind.ts';

/**
 * A scratch file as plain JSON, enough to read it from another thread: raw float32 in the machine's byte
 * order, in chunks [channel][frame] of `chunkFrames`, the last one padded.
 */
export interface ScratchDescription {
  readonly path: string;
  readonly channelCount: number;
  readonly frameCount: number;
  readonly chunkFrames: number;
}

/** Sequential reading of a scratch file, from its start. */
export interface ScratchReader {
  /** Fills `block.frameCount` frames or what is left. @returns frames given; 0 at the end */
  read(block: AudioBlock): Promise<number>;
  /** Makes `frame` (0 to frameCount) the next one. */
  seek(frame: number): void;
  close(): Promise<void>;
}

/** A float32 file in the scratch folder: written once from start to end, then read any number of times. */
export interface Scratch {
  readonly description: ScratchDescription;
  /** Appends frames. @throws OutputError 'scratch-full'; InternalError beyond the announced frame count */
  write(block: AudioBlock): Promise<void>;
  /** Brings what was written to the file, so that other threads can read it. Readers made here need no flush. */
  flush(): Promise<void>;
  openReader(): ScratchReader;
  /** Flushes and closes; the file stays for readers in any thread, until `removeScratch`. */
  close(): Promise<void>;
  /** Closes and deletes the file; may be called more than once. */
  dispose(): Promise<void>;
}

/** What a scratch file is to hold. */
export interface ScratchOptions {
  readonly channelCount: number;
  /** Frames that will be written at most. */
  readonly frameCount: number;
}

const floatBytes = 4;
/** Samples in a chunk, all channels together: 256 KiB is about where larger reads stop paying. */
const chunkSamples = 65536;
const minChunkFrames = 512;

/** Frames of a chunk: a power of two, so that chunks of any channel count come to about 256 KiB. */
function chunkFramesFor(channelCount: number): number {
  return Math.max(minChunkFrames, 2 ** Math.floor(Math.log2(chunkSamples / Math.max(1, channelCount))));
}

/** Bytes that a scratch file takes on disk. */
export function scratchBytes({ channelCount, frameCount }: ScratchOptions): number {
  const chunkFrames = chunkFramesFor(channelCount);
  return Math.ceil(frameCount / chunkFrames) * chunkFrames * channelCount * floatBytes;
}

/**
 * Checks that a folder has room; a job with several scratch files asks for their sum first.
 * @throws OutputError 'scratch-full' naming folder, needed and free bytes; 'scratch-unwritable'
 */
export async function checkScratchSpace(dir: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir).catch((error: unknown) => {
    throw unwritable(dir, error);
  });
  const freeBytes = bavail * bsize;
  if (freeBytes < neededBytes) throw full(dir, `${neededBytes} bytes are needed, ${freeBytes} are free`);
}

const full = (dir: string, message: string, cause?: unknown): OutputError =>
  new OutputError('scratch-full', `scratch folder ${dir} is too small: ${message}`, {
    file: dir,
    hint: 'choose another folder with --scratch-dir',
    cause,
  });

const unwritable = (dir: string, cause: unknown): OutputError =>
  new OutputError('scratch-unwritable', `scratch folder ${dir}: ${(cause as Error).message}`, {
    file: dir,
    hint: 'choose another folder with --scratch-dir',
    cause,
  });

function toScratchError(error: unknown, dir: string): Error {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
    ? full(dir, 'no room left while writing', error)
    : unwritable(dir, error);
}

/**
 * Starts a scratch file; the room for it is checked first.
 * @throws OutputError 'scratch-full', 'scratch-unwritable'
 */
export async function createScratch(dir: string, options: ScratchOptions): Promise<Scratch> {
  await checkScratchSpace(dir, scratchBytes(options));
  const { channelCount, frameCount } = options;
  const chunkFrames = chunkFramesFor(channelCount);
  const path = join(dir, `periphon-${process.pid}-${randomBytes(6).toString('hex')}.scratch`);
  const description: ScratchDescription = { path, channelCount, frameCount, chunkFrames };
  const handle = await open(path, 'wx+').catch((error: unknown) => {
    throw unwritable(dir, error);
  });
  const behind = createWriteBehind((bytes, position) => writeAll(handle, bytes, position));
  // One is filled while the other is written.
  let chunk = new Float32Array(channelCount * chunkFrames);
  let otherChunk = new Float32Array(channelCount * chunkFrames);
  let written = 0;
  let isFlushed = true;
  let isOpen = true;

  const orScratchError = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      throw toScratchError(error, dir);
    }
  };
  /** Starts to write the chunk that ends with the last frame; it may be written again when more has come. */
  const pushChunk = async (): Promise<void> => {
    const index = Math.ceil(written / chunkFrames) - 1;
    isFlushed = true;
    await behind.push(new Uint8Array(chunk.buffer), index * chunk.byteLength);
  };
  const flush = (): Promise<void> =>
    orScratchError(async () => {
      if (!isFlushed) await pushChunk();
      await behind.settle();
    });
  return {
    description,
    flush,
    async write(block) {
      requireChannels(block, channelCount, path);
      if (written + block.frameCount > frameCount) {
        const message = `${path}: ${written + block.frameCount} frames written, ${frameCount} announced`;
        throw new InternalError('scratch-overrun', message);
      }
      let done = 0;
      while (done < block.frameCount) {
        const offset = written % chunkFrames;
        const frames = Math.min(block.frameCount - done, chunkFrames - offset);
        for (let channel = 0; channel < channelCount; channel++) {
          const piece = block.channels[channel]!.subarray(done, done + frames);
          chunk.set(piece, channel * chunkFrames + offset);
        }
        written += frames;
        done += frames;
        isFlushed = false;
        if (written % chunkFrames !== 0) continue;
        await orScratchError(pushChunk);
        [chunk, otherChunk] = [otherChunk, chunk];
      }
    },
    openReader: () =>
      createChunkReader(
        handle,
        description,
        flush,
        () => written,
        async () => undefined,
      ),
    async close() {
      if (!isOpen) return;
      await flush();
      isOpen = false;
      await handle.close();
    },
    async dispose() {
      if (isOpen) await handle.close();
      isOpen = false;
      await rm(path, { force: true });
    },
  };
}

/** Deletes a scratch file that was closed; does nothing where it is gone. */
export const removeScratch = ({ path }: ScratchDescription): Promise<void> => rm(path, { force: true });

/** Opens a whole, flushed scratch file by its description, in any thread. @throws FormatError 'scratch-missing' */
export async function openScratchReader(description: ScratchDescription): Promise<ScratchReader> {
  const handle = await open(description.path, 'r').catch((error: unknown) => {
    const message = `${description.path}: scratch file is gone: ${(error as Error).message}`;
    throw new FormatError('scratch-missing', message, { file: description.path, cause: error });
  });
  return createChunkReader(
    handle,
    description,
    async () => undefined,
    () => description.frameCount,
    () => handle.close(),
  );
}

function createChunkReader(
  handle: FileHandle,
  { path, channelCount, chunkFrames }: ScratchDescription,
  flush: () => Promise<void>,
  frameCount: () => number,
  close: () => Promise<void>,
): ScratchReader {
  const chunk = new Float32Array(channelCount * chunkFrames);
  const bytes = new Uint8Array(chunk.buffer);
  let loaded = -1;
  let position = 0;

  const load = async (index: number): Promise<void> => {
    loaded = -1;
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, index * bytes.length);
    if (bytesRead < bytes.length) {
      throw new FormatError(
        'scratch-truncated',
        `${path}: ${bytesRead} of ${bytes.length} bytes of chunk ${index}`,
        {
          file: path,
          byteOffset: index * bytes.length,
        },
      );
    }
    loaded = index;
  };
  return {
    close,
    seek(frame) {
      if (!(frame >= 0 && frame <= frameCount() && Number.isInteger(frame))) {
        throw new RangeError(`frame ${frame} is not in 0 to ${frameCount()}`);
      }
      position = frame;
    },
    async read(block) {
      requireChannels(block, channelCount, path);
      await flush();
      const wanted = Math.min(block.frameCount, frameCount() - position);
      let done = 0;
      while (done < wanted) {
        const index = Math.floor(position / chunkFrames);
        if (index !== loaded) await load(index);
        const offset = position % chunkFrames;
        const frames = Math.min(wanted - done, chunkFrames - offset);
        for (let channel = 0; channel < channelCount; channel++) {
          const start = channel * chunkFrames + offset;
          block.channels[channel]!.set(chunk.subarray(start, start + frames), done);
        }
        position += frames;
        done += frames;
      }
      return done;
    },
  };
}
