import { createHash } from 'node:crypto';
import { AbortedError, FormatError } from '../../base/errors.ts';
import type { AtomicFile } from '../atomic-file.ts';
import { openInputFile, type InputFile } from '../input-file.ts';
import { createWriteBehind } from '../write-behind.ts';
import { sizeOfPiece, sizeOfPieces, type RiffPiece } from './rewrite-riff.ts';

/** What copying and hashing take. */
export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears how many bytes were dealt with, after each block. */
  readonly onBytes?: ((byteCount: number) => void) | undefined;
}

const blockBytes = 4 * 1024 * 1024;

/** SHA-256 in hex of a stretch of a file. @throws FormatError 'wav-truncated' where the file ends before; AbortedError */
export async function hashBytes(
  input: InputFile,
  byteOffset: number,
  sizeBytes: number,
  options: CopyOptions = {},
): Promise<string> {
  const hash = createHash('sha256');
  await readStretch(input, { byteOffset, sizeBytes }, options, async (bytes) => void hash.update(bytes));
  return hash.digest('hex');
}

/**
 * Writes pieces one behind another from the beginning of a file. One block is read and hashed while the one before is
 * written.
 * @returns SHA-256 of the audio, hex
 * @throws FormatError 'wav-truncated' where the old file has become shorter; AbortedError; OutputError
 */
export async function writePieces(
  input: InputFile,
  pieces: readonly RiffPiece[],
  target: AtomicFile,
  options: CopyOptions = {},
): Promise<string> {
  const hash = createHash('sha256');
  const behind = createWriteBehind((bytes, position) => target.write(bytes, position));
  let position = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    await behind.push(bytes, position);
    position += bytes.length;
  };
  for (const piece of pieces) {
    if ('bytes' in piece) await write(piece.bytes);
    else
      await readStretch(input, piece, options, (bytes) => {
        if (piece.isAudio) hash.update(bytes);
        return write(bytes);
      });
  }
  await behind.settle();
  return hash.digest('hex');
}

/**
 * Whether a file consists of these pieces, read back from the disk.
 * @returns SHA-256 of its audio, hex; undefined where bytes other than audio differ, or its length
 */
export async function verifyPieces(
  file: string,
  pieces: readonly RiffPiece[],
  input: InputFile,
  options: CopyOptions = {},
): Promise<string | undefined> {
  const written = await openInputFile(file);
  try {
    if (written.sizeBytes !== sizeOfPieces(pieces)) return undefined;
    const hash = createHash('sha256');
    let position = 0;
    for (const piece of pieces) {
      const sizeBytes = sizeOfPiece(piece);
      const at = position;
      position += sizeBytes;
      if (!('bytes' in piece) && piece.isAudio) {
        const stretch = { byteOffset: at, sizeBytes };
        await readStretch(written, stretch, options, async (bytes) => void hash.update(bytes));
        continue;
      }
      const expected =
        'bytes' in piece ? piece.bytes : await input.readBytes(piece.byteOffset, piece.sizeBytes);
      if (!Buffer.from(expected).equals(await written.readBytes(at, sizeBytes))) return undefined;
    }
    return hash.digest('hex');
  } finally {
    await written.close();
  }
}

/** Reads a stretch block by block; a block stays as it is until the one after the next is read. */
async function readStretch(
  input: InputFile,
  { byteOffset, sizeBytes }: { readonly byteOffset: number; readonly sizeBytes: number },
  { signal, onBytes }: CopyOptions,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const capacity = Math.min(blockBytes, sizeBytes);
  let buffer = new Uint8Array(capacity);
  let other = new Uint8Array(sizeBytes > capacity ? capacity : 0);
  for (let done = 0; done < sizeBytes;) {
    if (signal?.aborted) throw new AbortedError();
    const wanted = Math.min(capacity, sizeBytes - done);
    const bytes = buffer.subarray(0, wanted);
    if ((await input.readInto(bytes, byteOffset + done)) < wanted) {
      const message = `${input.file}: has become shorter while being read`;
      throw new FormatError('wav-truncated', message, { file: input.file, byteOffset: byteOffset + done });
    }
    await take(bytes);
    [buffer, other] = [other, buffer];
    done += wanted;
    onBytes?.(wanted);
  }
}
