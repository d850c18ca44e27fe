import type { InputFile } from '../input-file.ts';
import { offsetAfter, type RiffChunk, type RiffFile } from './riff-chunks.ts';
import { concatChunks, ds64Bytes, maxRiffFileBytes, type RawChunk } from './wav-header.ts';

/** In what a WAVE file is to differ from the one that it is made of. */
export interface RiffEdit {
  /** Payloads that take the place of others, each of less than 4 GiB. */
  readonly replaced: ReadonlyMap<RiffChunk, Uint8Array>;
  /** Chunks that come behind the last. */
  readonly added: readonly RawChunk[];
}

/** A stretch of the new file: bytes, or a stretch of the old one. */
export type RiffPiece =
  | { readonly bytes: Uint8Array }
  | { readonly byteOffset: number; readonly sizeBytes: number; readonly isAudio: boolean };

const unknownSize = 0xffffffff;
const chunkHeaderBytes = 8;
const formHeaderBytes = 12;

/**
 * Plans a WAVE file of the chunks of another: the same form and order, every byte as it was but for what `edit` says and
 * the sizes that follow from it. A pad byte that was forgotten is put in, and the size of a stream that was never
 * completed. RIFF that grows beyond 4 GiB becomes BW64. Only `data` is audio.
 */
export async function planRiffRewrite(
  input: InputFile,
  riff: RiffFile,
  { replaced, added }: RiffEdit,
): Promise<RiffPiece[]> {
  const parts = await Promise.all(
    riff.chunks.map(async (chunk) => ({
      chunk,
      pieces: await piecesOfChunk(input, riff, chunk, replaced.get(chunk)),
    })),
  );
  const oldEnd = await offsetAfter(input, riff.chunks.at(-1)!);
  const tail: RiffPiece[] = [
    { bytes: concatChunks(added) },
    // What follows the form is no chunk, and stays.
    { byteOffset: oldEnd, sizeBytes: input.sizeBytes - oldEnd, isAudio: false },
  ];
  const body = parts.flatMap(({ pieces }) => pieces);
  const sizeBytes = formHeaderBytes + sizeOfPieces([...body, tail[0]!]);
  if (riff.container === 'WAV' && sizeBytes > maxRiffFileBytes) return asBw64(parts, tail, riff.data);

  const head = await input.readBytes(0, formHeaderBytes);
  const outerSize = u32At(head, 4);
  const is64 = riff.container !== 'WAV' && outerSize === unknownSize;
  setU32(head, 4, is64 ? unknownSize : sizeBytes - chunkHeaderBytes);
  for (const { chunk, pieces } of parts) {
    if (chunk.id === 'ds64' && chunk.bytes) {
      const sizes = withSizes(chunk.bytes, sizeBytes - chunkHeaderBytes, replaced);
      pieces.splice(0, pieces.length, { bytes: concatChunks([{ id: 'ds64', bytes: sizes }]) });
    }
  }
  return [{ bytes: head }, ...parts.flatMap(({ pieces }) => pieces), ...tail].filter(
    (piece) => sizeOfPiece(piece) > 0,
  );
}

/** Bytes that a piece has. */
export const sizeOfPiece = (piece: RiffPiece): number =>
  'bytes' in piece ? piece.bytes.length : piece.sizeBytes;

/** Bytes that pieces have together. */
export const sizeOfPieces = (pieces: readonly RiffPiece[]): number =>
  pieces.reduce((sum, piece) => sum + sizeOfPiece(piece), 0);

/** Header, payload and padding of a chunk. */
async function piecesOfChunk(
  input: InputFile,
  { container, data }: RiffFile,
  chunk: RiffChunk,
  replacement: Uint8Array | undefined,
): Promise<RiffPiece[]> {
  const { byteOffset } = chunk;
  const header = await input.readBytes(byteOffset - chunkHeaderBytes, chunkHeaderBytes);
  const sizeBytes = replacement?.length ?? chunk.sizeBytes;
  const isIn64 = container !== 'WAV' && u32At(header, 4) === unknownSize;
  if (!isIn64) setU32(header, 4, Math.min(sizeBytes, unknownSize));
  const end = byteOffset + chunk.sizeBytes;
  const oldPad = await input.readBytes(end, (await offsetAfter(input, chunk)) - end);
  const pad = oldPad.length === sizeBytes % 2 ? oldPad : new Uint8Array(sizeBytes % 2);
  const isAudio = byteOffset === data.byteOffset;
  return [
    { bytes: header },
    replacement ? { bytes: replacement } : { byteOffset, sizeBytes, isAudio },
    { bytes: pad },
  ];
}

/** The sizes of a `ds64` chunk as they will be: that of the form, and those of replaced chunks that it lists. */
function withSizes(bytes: Uint8Array, formBytes: number, replaced: RiffEdit['replaced']): Uint8Array {
  const sizes = bytes.slice();
  const view = new DataView(sizes.buffer);
  view.setBigUint64(0, BigInt(formBytes), true);
  const entryCount = sizes.length >= ds64Bytes ? view.getUint32(24, true) : 0;
  for (let entry = 0; entry < entryCount; entry++) {
    const at = ds64Bytes + 12 * entry;
    const id = String.fromCharCode(...sizes.subarray(at, at + 4));
    for (const [chunk, payload] of replaced)
      if (chunk.id === id) view.setBigUint64(at + 4, BigInt(payload.length), true);
  }
  return sizes;
}

/** Makes BW64 of RIFF, with `ds64` in the place of a JUNK that was kept for it, or before all else. */
function asBw64(
  parts: readonly { readonly chunk: RiffChunk; readonly pieces: readonly RiffPiece[] }[],
  tail: readonly RiffPiece[],
  data: RiffChunk,
): RiffPiece[] {
  const [first] = parts;
  const isRoom = first?.chunk.id === 'JUNK' && first.chunk.sizeBytes >= ds64Bytes;
  const body = parts.slice(isRoom ? 1 : 0).flatMap(({ chunk, pieces }) => {
    if (chunk.byteOffset === data.byteOffset && 'bytes' in pieces[0]!)
      setU32(pieces[0].bytes, 4, unknownSize);
    return pieces;
  });
  const ds64 = new Uint8Array(ds64Bytes);
  const ds64Chunk = { bytes: concatChunks([{ id: 'ds64', bytes: ds64 }]) };
  const head = new TextEncoder().encode('BW64....WAVE');
  setU32(head, 4, unknownSize);
  const formBytes = sizeOfPieces([{ bytes: head }, ds64Chunk, ...body, tail[0]!]) - chunkHeaderBytes;
  const view = new DataView(ds64Chunk.bytes.buffer, chunkHeaderBytes);
  view.setBigUint64(0, BigInt(formBytes), true);
  view.setBigUint64(8, BigInt(data.sizeBytes), true);
  return [{ bytes: head }, ds64Chunk, ...body, ...tail].filter((piece) => sizeOfPiece(piece) > 0);
}

const u32At = (bytes: Uint8Array, offset: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);

const setU32 = (bytes: Uint8Array, offset: number, value: number): void =>
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(offset, value, true);
