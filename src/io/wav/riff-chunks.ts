import { FormatError, type WarningHandler } from '../../base/errors.ts';
import type { InputFile } from '../input-file.ts';

/** A chunk of a RIFF file. */
export interface RiffChunk {
  /** Four characters: "fmt ", "data", "axml". */
  readonly id: string;
  /** Where the payload begins in the file. */
  readonly byteOffset: number;
  readonly sizeBytes: number;
  /** The payload, kept only where it is at most 64 KiB and not audio; `WavReader.readChunk` reads any. */
  readonly bytes?: Uint8Array | undefined;
}

/** The chunks of a RIFF, RF64 or BW64 file. */
export interface RiffFile {
  readonly container: 'WAV' | 'RF64' | 'BW64';
  /** All chunks in file order, `data` and fillers (JUNK, FLLR, PAD) included. */
  readonly chunks: readonly RiffChunk[];
  readonly data: RiffChunk;
}

const outerIds: Readonly<Record<string, RiffFile['container']>> = { RIFF: 'WAV', RF64: 'RF64', BW64: 'BW64' };
const unknownSize = 0xffffffff;
const keptChunkBytes = 64 * 1024;
const maxChunkCount = 4096;

/** Whether a file that begins with these bytes is RIFF/RF64/BW64 WAVE. */
export function isWave(head: Uint8Array): boolean {
  return outerIds[idAt(head, 0)] !== undefined && idAt(head, 8) === 'WAVE';
}

/**
 * Finds all chunks of a WAVE file, in whatever order they stand; ITU-R BS.2088 and EBU Tech 3306 for the
 * 64-bit forms. Tolerated: a missing pad byte, bytes after the end of the form, and in plain RIFF a data
 * size of 0 or 0xFFFFFFFF (a stream that was never completed: the rest of the file is audio).
 * @throws FormatError 'wav-header', 'wav-chunk', 'wav-ds64', 'wav-data-missing', 'wav-truncated'
 */
export async function readRiffChunks(input: InputFile, onWarning: WarningHandler): Promise<RiffFile> {
  const scan = await beginScan(input, onWarning);
  while (scan.offset < input.sizeBytes) {
    const chunk = await nextChunk(scan);
    if (!chunk) break;
    scan.chunks.push(await withBytes(scan, chunk));
    if (chunk.id === 'data') scan.data ??= chunk;
    if (chunk.id === 'ds64') readSizes64(scan, scan.chunks.at(-1)!);
    if (scan.chunks.length > maxChunkCount) {
      fail(scan, 'wav-chunk', `more than ${maxChunkCount} chunks`, { byteOffset: scan.offset });
    }
    scan.offset = await offsetAfter(input, chunk);
  }
  if (!scan.data)
    return fail(scan, 'wav-data-missing', 'no data chunk', { chunk: 'data', byteOffset: scan.offset });
  return { container: scan.container, chunks: scan.chunks, data: scan.data };
}

interface Scan {
  readonly input: InputFile;
  readonly onWarning: WarningHandler;
  readonly container: RiffFile['container'];
  readonly chunks: RiffChunk[];
  /** Sizes of the `ds64` chunk by chunk id. */
  readonly sizes64: Map<string, number>;
  /** End of the RIFF form; undefined where the header does not say. */
  formEnd: number | undefined;
  data: RiffChunk | undefined;
  offset: number;
}

async function beginScan(input: InputFile, onWarning: WarningHandler): Promise<Scan> {
  const head = await input.readBytes(0, 12);
  const container = outerIds[idAt(head, 0)];
  if (!container || !isWave(head)) {
    throw new FormatError(
      'wav-header',
      `${input.file}: begins with "${printable(idAt(head, 0))}" and "${printable(idAt(head, 8))}", ` +
        'a WAVE file with RIFF, RF64 or BW64 and WAVE',
      { file: input.file, byteOffset: 0 },
    );
  }
  const formSize = u32(head, 4);
  return {
    input,
    onWarning,
    container,
    chunks: [],
    sizes64: new Map(),
    formEnd: formSize === 0 || formSize === unknownSize ? undefined : 8 + formSize,
    data: undefined,
    offset: 12,
  };
}

/** Reads the header at scan.offset. @returns undefined at trailing bytes that are no chunk */
async function nextChunk(scan: Scan): Promise<RiffChunk | undefined> {
  const { input, offset } = scan;
  const header = await input.readBytes(offset, 8);
  const id = idAt(header, 0);
  const byteOffset = offset + 8;
  const foundBytes = input.sizeBytes - byteOffset;
  const isChunk = header.length === 8 && isPrintableId(id);
  const declared = isChunk ? await declaredSize(scan, id, u32(header, 4), byteOffset) : 0;
  if (isChunk && declared <= foundBytes) return { id, byteOffset, sizeBytes: declared };

  if (scan.data && offset >= (scan.formEnd ?? scan.offset)) {
    scan.onWarning({
      code: 'wav-trailing-bytes',
      message: `${input.file}: ${input.sizeBytes - offset} bytes after the last chunk are ignored`,
      file: input.file,
    });
    return undefined;
  }
  if (header.length < 8) {
    return fail(scan, 'wav-truncated', `ends inside a chunk header: ${header.length} of 8 bytes found`, {
      byteOffset: offset,
    });
  }
  if (!isChunk) {
    const before = scan.chunks.at(-1);
    const hint = before
      ? `; the size of the chunk "${before.id}" before it (${before.sizeBytes}) may be wrong`
      : '';
    return fail(scan, 'wav-chunk', `no chunk at byte ${offset}: id "${printable(id)}"${hint}`, {
      byteOffset: offset,
    });
  }
  return fail(
    scan,
    'wav-truncated',
    `chunk "${id}" at byte ${byteOffset} is cut off: ${foundBytes} bytes found, ${declared} expected`,
    { chunk: id, byteOffset },
  );
}

async function declaredSize(scan: Scan, id: string, size: number, byteOffset: number): Promise<number> {
  const size64 = scan.sizes64.get(id);
  if (size === unknownSize && size64 !== undefined) return size64;
  if (id !== 'data' || scan.data) return size;
  const restBytes = scan.input.sizeBytes - byteOffset;
  if (size === unknownSize && scan.container !== 'WAV') {
    return fail(scan, 'wav-ds64', 'no ds64 chunk before data, which alone says how long data is', {
      byteOffset,
    });
  }
  if (size === unknownSize) return restBytes;
  return size === 0 && !(await isChunkChain(scan.input, byteOffset)) ? restBytes : size;
}

/** Whether well-formed chunks fill the file from `offset` exactly to its end: then an empty data chunk is meant. */
async function isChunkChain(input: InputFile, offset: number): Promise<boolean> {
  let at = offset;
  for (let count = 0; at < input.sizeBytes && count < maxChunkCount; count++) {
    const header = await input.readBytes(at, 8);
    if (header.length < 8 || !isPrintableId(idAt(header, 0))) return false;
    at += 8 + u32(header, 4) + (u32(header, 4) & 1);
  }
  return at === input.sizeBytes;
}

function readSizes64(scan: Scan, { bytes = new Uint8Array(0), byteOffset, sizeBytes }: RiffChunk): void {
  const tableLength = bytes.length >= 28 ? u32(bytes, 24) : 0;
  if (bytes.length < 24 || 28 + 12 * tableLength > Math.max(28, bytes.length)) {
    fail(scan, 'wav-ds64', `${sizeBytes} bytes long, too short for what it lists`, {
      chunk: 'ds64',
      byteOffset,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = (at: number): number => {
    const value = view.getBigUint64(at, true);
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    return fail(scan, 'wav-ds64', `impossible size ${value}`, { chunk: 'ds64', byteOffset: byteOffset + at });
  };
  scan.formEnd ??= 8 + size(0);
  scan.sizes64.set('data', size(8));
  for (let entry = 0; entry < tableLength; entry++) {
    scan.sizes64.set(idAt(bytes, 28 + 12 * entry), size(32 + 12 * entry));
  }
}

async function withBytes({ input }: Scan, chunk: RiffChunk): Promise<RiffChunk> {
  if (chunk.id === 'data' || chunk.sizeBytes > keptChunkBytes || fillerIds.has(chunk.id)) return chunk;
  return { ...chunk, bytes: await input.readBytes(chunk.byteOffset, chunk.sizeBytes) };
}

const fillerIds = new Set(['JUNK', 'junk', 'FLLR', 'PAD ']);

/**
 * Where a chunk ends and the next may begin: an odd chunk is followed by a zero byte, which some writers forget; then
 * the next id stands there at once.
 */
export async function offsetAfter(input: InputFile, { byteOffset, sizeBytes }: RiffChunk): Promise<number> {
  const end = byteOffset + sizeBytes;
  if (sizeBytes % 2 === 0) return end;
  const next = await input.readBytes(end, 8);
  const isUnpadded =
    next.length === 8 && isPrintableId(idAt(next, 0)) && end + 8 + u32(next, 4) <= input.sizeBytes;
  return isUnpadded || end === input.sizeBytes ? end : end + 1;
}

function fail(
  { input }: Scan,
  code: string,
  message: string,
  where: { chunk?: string; byteOffset: number },
): never {
  throw new FormatError(code, `${input.file}: ${message}`, { file: input.file, ...where });
}

const idAt = (bytes: Uint8Array, offset: number): string =>
  String.fromCharCode(...bytes.subarray(offset, offset + 4));
const isPrintableId = (id: string): boolean => /^[\x20-\x7e]{4}$/.test(id);
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '.');
const u32 = (bytes: Uint8Array, offset: number): number =>
  (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>>
  0;
