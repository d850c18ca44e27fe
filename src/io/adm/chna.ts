import { FormatError } from '../../base/errors.ts';

/** One entry of a `chna` chunk: what a track of the file carries. */
export interface ChnaEntry {
  /** Channel of the file, from 1. */
  readonly trackIndex: number;
  /** audioTrackUID: "ATU_00000001". */
  readonly uid: string;
  /** audioTrackFormat "AT_00031001_01", or in newer files audioChannelFormat "AC_00031001_00". */
  readonly formatRef: string;
  /** audioPackFormat "AP_00031001"; empty where none is stated. */
  readonly packRef: string;
}

const headBytes = 4;
const entryBytes = 40;

/**
 * Reads a `chna` chunk. ITU-R BS.2088-1 clause 8. Entries of track 0 are spare room and are left out; so are bytes
 * behind the last entry.
 * @param file for messages
 * @throws FormatError 'adm-chna'
 */
export function parseChna(bytes: Uint8Array, file: string): ChnaEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headBytes)
    throw chnaError(file, `chunk chna has ${bytes.length} bytes; at least ${headBytes} are needed`);
  const uidCount = view.getUint16(2, true);
  const neededBytes = headBytes + uidCount * entryBytes;
  if (bytes.length < neededBytes) {
    const message = `chunk chna lists ${uidCount} track UIDs, which take ${neededBytes} bytes; it has ${bytes.length}`;
    throw chnaError(file, message);
  }
  const entries: ChnaEntry[] = [];
  for (let at = headBytes; at < neededBytes; at += entryBytes) {
    const trackIndex = view.getUint16(at, true);
    if (trackIndex === 0) continue;
    entries.push({
      trackIndex,
      uid: textAt(bytes, at + 2, 12),
      formatRef: textAt(bytes, at + 14, 14),
      packRef: textAt(bytes, at + 28, 11),
    });
  }
  return entries;
}

/** Where in a `chna` chunk the entries stand that `parseChna` gives, and what its head says of their number. */
export function chnaPlaces(bytes: Uint8Array): {
  readonly trackCount: number;
  readonly uidCount: number;
  readonly byteOffsets: readonly number[];
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const uidCount = view.getUint16(2, true);
  const all = Array.from({ length: uidCount }, (_, index) => headBytes + index * entryBytes);
  const byteOffsets = all.filter((at) => view.getUint16(at, true) !== 0);
  return { trackCount: view.getUint16(0, true), uidCount, byteOffsets };
}

/** Makes a `chna` chunk of these entries, without spare ones. */
export function formatChna(entries: readonly ChnaEntry[]): Uint8Array {
  const bytes = new Uint8Array(headBytes + entries.length * entryBytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, new Set(entries.map(({ trackIndex }) => trackIndex)).size, true);
  view.setUint16(2, entries.length, true);
  for (const [index, { trackIndex, uid, formatRef, packRef }] of entries.entries()) {
    const at = headBytes + index * entryBytes;
    view.setUint16(at, trackIndex, true);
    bytes.set(latin1(uid, 12), at + 2);
    bytes.set(latin1(formatRef, 14), at + 14);
    bytes.set(latin1(packRef, 11), at + 28);
  }
  return bytes;
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  const text = String.fromCharCode(...bytes.subarray(offset, offset + length));
  return text.replace(/\0.*$/s, '').trim();
}

const latin1 = (text: string, length: number): Uint8Array =>
  Uint8Array.from(text.slice(0, length), (character) => character.charCodeAt(0) & 0xff);

const chnaError = (file: string, message: string): FormatError =>
  new FormatError('adm-chna', `${file}: ${message}`, { file, chunk: 'chna' });
