import { createHash } from 'node:crypto';
import { AbortedError } from '../base/errors.ts';
import type { ByteListener } from './audio-file.ts';
import { openInputFile } from './input-file.ts';

/** What a file holds, in short. */
export interface FileHash {
  readonly sha256: string;
  readonly bytes: number;
}

/** Hears the bytes of an audio file while it is written. */
export interface HashListener extends ByteListener {
  /** Of the whole file, once it is finished; asked once. */
  sha256(): string;
}

/** Hashes an audio file while it is written. @param frameCount frames that it will have */
export function createHashListener(frameCount: number): HashListener {
  const hash = createHash('sha256');
  return {
    frameCount,
    hear: (bytes) => void hash.update(bytes),
    sha256: () => hash.digest('hex'),
  };
}

const chunkBytes = 1 << 20;

/**
 * Hashes a file in a stream.
 * @param onProgress called with the share done, 0..1
 * @throws FormatError 'file-missing' or 'file-unreadable'; AbortedError
 */
export async function hashFile(
  file: string,
  signal?: { readonly aborted: boolean },
  onProgress?: (fraction: number) => void,
): Promise<FileHash> {
  const input = await openInputFile(file);
  try {
    const hash = createHash('sha256');
    const chunk = new Uint8Array(chunkBytes);
    let bytes = 0;
    for (let got = chunkBytes; got === chunkBytes; bytes += got) {
      if (signal?.aborted) throw new AbortedError();
      got = await input.readInto(chunk, bytes);
      hash.update(chunk.subarray(0, got));
      onProgress?.(Math.min(1, bytes / Math.max(1, input.sizeBytes)));
    }
    onProgress?.(1);
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await input.close();
  }
}
