import { OutputError } from '../../base/errors.ts';
import type { AtomicFile } from '../atomic-file.ts';
import { createWriteBehind } from '../write-behind.ts';
import { concatChunks, putChunkHeader, type RawChunk } from './wav-header.ts';

/** A chunk whose payload is made while it is written, and whose size is known at its end. */
export interface StreamedChunk {
  /** Four ASCII characters. */
  readonly id: string;
  /** Makes the payload anew each time it is asked; a piece must stay as it is until the one after the next is asked for. */
  pieces(): Iterable<Uint8Array>;
}

/** A chunk to write behind the audio. */
export type TrailingChunk = RawChunk | StreamedChunk;

/** Largest payload: the size after it means that the size stands elsewhere. */
const maxChunkBytes = 0xfffffffe;

/**
 * Writes chunks one after another, each padded to an even length. @returns where they end
 * @throws OutputError 'wav-chunk-too-big'
 */
export async function writeChunks(
  target: Pick<AtomicFile, 'file' | 'write'>,
  position: number,
  chunks: readonly TrailingChunk[],
): Promise<number> {
  const behind = createWriteBehind((bytes, at) => target.write(bytes, at));
  let end = position;
  const push = async (bytes: Uint8Array): Promise<void> => {
    await behind.push(bytes, end);
    end += bytes.length;
  };
  for (const chunk of chunks) {
    if ('bytes' in chunk) {
      await push(concatChunks([chunk]));
      continue;
    }
    const header = new Uint8Array(8);
    const start = end;
    await push(header);
    for (const piece of chunk.pieces()) {
      await push(piece);
      if (end - start - 8 > maxChunkBytes) throw tooBig(target.file, chunk.id);
    }
    const sizeBytes = end - start - 8;
    if (sizeBytes % 2 === 1) await push(new Uint8Array(1));
    const sized = new Uint8Array(8);
    putChunkHeader(sized, 0, chunk.id, sizeBytes);
    await behind.push(sized, start);
  }
  await behind.settle();
  return end;
}

const tooBig = (file: string, id: string): OutputError =>
  new OutputError('wav-chunk-too-big', `${file}: chunk "${id}" has more than ${maxChunkBytes} bytes`, {
    file,
    hint: 'use fewer blocks of automation, or divide the programme',
  });
