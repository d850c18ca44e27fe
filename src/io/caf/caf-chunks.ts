import { FormatError } from '../../base/errors.ts';
import type { InputFile } from '../input-file.ts';

/** A chunk of a Core Audio Format file. */
export interface CafChunk {
  /** Four characters: "desc", "chan", "data". */
  readonly id: string;
  /** Where the payload begins in the file. */
  readonly byteOffset: number;
  readonly sizeBytes: number;
}

/** Bytes of the header of the file, and of one of a chunk. */
export const cafHeaderBytes = 8;
/** Four characters and a signed 64-bit size. */
export const cafChunkHeaderBytes = 12;
const maxChunkCount = 4096;

/**
 * Finds all chunks of a Core Audio Format file up to `data`, and those behind it where its size is known; a size of -1
 * means to the end of the file. Apple, Core Audio Format 1.0.
 * @throws FormatError 'caf-header', 'caf-chunk', 'caf-truncated', 'caf-data-missing'
 */
export async function readCafChunks(input: InputFile): Promise<readonly CafChunk[]> {
  const { file, sizeBytes: fileBytes } = input;
  const fail = (code: string, message: string, byteOffset: number, chunk?: string): never => {
    throw new FormatError(code, `${file}: ${message}`, { file, byteOffset, ...(chunk ? { chunk } : {}) });
  };
  const head = viewOf(await input.readBytes(0, cafHeaderBytes));
  if (head.byteLength < cafHeaderBytes)
    fail('caf-truncated', `ends inside its header: ${head.byteLength} of ${cafHeaderBytes} bytes found`, 0);
  if (idAt(head, 0) !== 'caff') fail('caf-header', `begins with "${idAt(head, 0)}", a CAF file with caff`, 0);
  if (head.getUint16(4) !== 1) fail('caf-header', `version ${head.getUint16(4)} of CAF; 1 is read`, 4);

  const chunks: CafChunk[] = [];
  let offset = cafHeaderBytes;
  while (offset < fileBytes) {
    const header = viewOf(await input.readBytes(offset, cafChunkHeaderBytes));
    const hasData = chunks.some(({ id }) => id === 'data');
    // What writers leave behind the audio is no reason to refuse it.
    if (hasData && header.byteLength < cafChunkHeaderBytes) break;
    if (header.byteLength < cafChunkHeaderBytes) {
      const found = `${header.byteLength} of ${cafChunkHeaderBytes} bytes found`;
      fail('caf-truncated', `ends inside a chunk header: ${found}`, offset);
    }
    const id = idAt(header, 0);
    const byteOffset = offset + cafChunkHeaderBytes;
    const restBytes = fileBytes - byteOffset;
    const stated = header.getBigInt64(4);
    const isOpen = id === 'data' && stated === -1n;
    if (stated < 0n && !isOpen) fail('caf-chunk', `chunk "${id}" has size ${stated}`, offset, id);
    if (!isOpen && stated > BigInt(restBytes)) {
      const what = `chunk "${id}" at byte ${byteOffset} is cut off: ${restBytes} bytes found, ${stated} expected`;
      if (hasData) break;
      fail('caf-truncated', what, byteOffset, id);
    }
    const sizeBytes = isOpen ? restBytes : Number(stated);
    chunks.push({ id, byteOffset, sizeBytes });
    if (chunks.length > maxChunkCount) fail('caf-chunk', `more than ${maxChunkCount} chunks`, offset);
    offset = byteOffset + sizeBytes;
  }
  for (const id of ['desc', 'data'])
    if (!chunks.some((chunk) => chunk.id === id)) fail(`caf-${id}-missing`, `no chunk "${id}"`, offset, id);
  return chunks;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const idAt = (view: DataView, offset: number): string =>
  Array.from({ length: 4 }, (_, index) => String.fromCharCode(view.getUint8(offset + index)))
    .join('')
    .replace(/[^\x20-\x7e]/g, '.');
