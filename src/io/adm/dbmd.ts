import { FormatError } from '../../base/errors.ts';

/**
 * The `dbmd` chunk of studio masters: a version and segments, each with a checksum. EBU Tech 3285 supplement 6;
 * segments 9 and 10 as files in circulation have them.
 */
export interface Dbmd {
  readonly version: number;
  readonly segments: readonly DbmdSegment[];
  /** What stands behind the segment that ends the list; fills the chunk. */
  readonly trailing: Uint8Array;
}

/** One segment, its payload kept whole: what is unknown in it stays. */
export interface DbmdSegment {
  readonly id: number;
  readonly payload: Uint8Array;
  /** As it stands in the file; undefined means the right one. */
  readonly wrongChecksum?: number | undefined;
}

/** Numbers of the segments that are known. */
export const dbmdSegmentIds = {
  digital: 3,
  digitalPlus: 7,
  audioInformation: 8,
  atmos: 9,
  atmosSupplement: 10,
} as const;

/** Two's complement of the sum of the size's low byte and the payload. */
export function dbmdChecksum(payload: Uint8Array): number {
  let sum = payload.length & 0xff;
  for (const byte of payload) sum += byte;
  return -sum & 0xff;
}

/**
 * Reads the segments of a `dbmd` chunk.
 * @param file for messages
 * @throws FormatError 'adm-dbmd' where a segment reaches beyond the chunk
 */
export function parseDbmd(bytes: Uint8Array, file: string): Dbmd {
  if (bytes.length < 4) throw cutOff(file, 0, `${bytes.length} bytes found, at least 4 expected`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments: DbmdSegment[] = [];
  let at = 4;
  while (at < bytes.length && bytes[at] !== 0) {
    const sizeBytes = at + 3 <= bytes.length ? view.getUint16(at + 1, true) : 0;
    const end = at + 3 + sizeBytes;
    if (end + 1 > bytes.length) {
      throw cutOff(file, at, `segment ${bytes[at]} ends at byte ${end + 1} of ${bytes.length}`);
    }
    const payload = bytes.slice(at + 3, end);
    const checksum = bytes[end]!;
    const isRight = checksum === dbmdChecksum(payload);
    segments.push({ id: bytes[at]!, payload, ...(isRight ? {} : { wrongChecksum: checksum }) });
    at = end + 1;
  }
  return { version: view.getUint32(0, true), segments, trailing: bytes.slice(at) };
}

/** Writes a `dbmd` chunk; with what `parseDbmd` gave, the very bytes that it read. */
export function formatDbmd({ version, segments, trailing }: Dbmd): Uint8Array {
  const sizeBytes = segments.reduce((sum, { payload }) => sum + payload.length + 4, 4) + trailing.length;
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, version, true);
  let at = 4;
  for (const { id, payload, wrongChecksum } of segments) {
    bytes[at] = id;
    view.setUint16(at + 1, payload.length, true);
    bytes.set(payload, at + 3);
    bytes[at + 3 + payload.length] = wrongChecksum ?? dbmdChecksum(payload);
    at += payload.length + 4;
  }
  bytes.set(trailing, at);
  return bytes;
}

const cutOff = (file: string, byteOffset: number, message: string): FormatError =>
  new FormatError('adm-dbmd', `${file}: chunk dbmd is damaged: ${message}`, {
    file,
    chunk: 'dbmd',
    byteOffset,
  });
