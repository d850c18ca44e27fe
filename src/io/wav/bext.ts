/**
 * The broadcast audio extension chunk, `bext`, of EBU Tech 3285 (version 2). Texts are ASCII in the standard;
 * longer ones are cut, other characters become "?".
 */
export interface Bext {
  /** At most 256 characters. */
  readonly description: string;
  /** At most 32 characters. */
  readonly originator: string;
  /** At most 32 characters. */
  readonly originatorReference: string;
  /** "yyyy-mm-dd". */
  readonly originationDate: string;
  /** "hh:mm:ss". */
  readonly originationTime: string;
  /** First sample's place on the time line: samples since midnight. */
  readonly timeReferenceSamples: number;
  /** SMPTE 330M UMID, 64 bytes; absent means zeros. */
  readonly umid?: Uint8Array | undefined;
  /** Loudness figures of version 2; undefined where the file does not give them. */
  readonly integratedLufs?: number | undefined;
  readonly loudnessRangeLu?: number | undefined;
  readonly truePeakMaxDbtp?: number | undefined;
  readonly momentaryMaxLufs?: number | undefined;
  readonly shortTermMaxLufs?: number | undefined;
  /** Lines of text, each ended by CR LF, that say how the audio came about. */
  readonly codingHistory: string;
}

/** Bytes of a `bext` chunk before its coding history. */
export const bextFixedBytes = 602;

/** Field value that says "not measured" (EBU Tech 3285 v2, clause 2.4). */
const unset = 0x7fff;
const loudnessOffset = 412;
const loudnessKeys = [
  'integratedLufs',
  'loudnessRangeLu',
  'truePeakMaxDbtp',
  'momentaryMaxLufs',
  'shortTermMaxLufs',
] as const;

/** Reads the payload of a `bext` chunk. @returns undefined where it is shorter than its fixed part */
export function parseBext(bytes: Uint8Array): Bext | undefined {
  if (bytes.length < bextFixedBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint16(346, true);
  const loudness: Partial<Record<(typeof loudnessKeys)[number], number>> = {};
  if (version >= 2) {
    loudnessKeys.forEach((key, index) => {
      const value = view.getInt16(loudnessOffset + 2 * index, true);
      if (value !== unset) loudness[key] = value / 100;
    });
  }
  const umid = bytes.slice(348, 412);
  return {
    description: textAt(bytes, 0, 256),
    originator: textAt(bytes, 256, 32),
    originatorReference: textAt(bytes, 288, 32),
    originationDate: textAt(bytes, 320, 10),
    originationTime: textAt(bytes, 330, 8),
    timeReferenceSamples: Number(view.getBigUint64(338, true)),
    ...(umid.some((byte) => byte !== 0) ? { umid } : {}),
    ...loudness,
    codingHistory: textAt(bytes, bextFixedBytes, bytes.length - bextFixedBytes),
  };
}

/**
 * Payload of a `bext` chunk of version 2.
 * @param reservedBytes length of the payload; the coding history is cut or padded with zeros to fit.
 *   Default: as long as needed
 */
export function formatBext(
  bext: Bext,
  reservedBytes = bextFixedBytes + bext.codingHistory.length,
): Uint8Array {
  const bytes = new Uint8Array(reservedBytes);
  const view = new DataView(bytes.buffer);
  putText(bytes, bext.description, 0, 256);
  putText(bytes, bext.originator, 256, 32);
  putText(bytes, bext.originatorReference, 288, 32);
  putText(bytes, bext.originationDate, 320, 10);
  putText(bytes, bext.originationTime, 330, 8);
  view.setBigUint64(338, BigInt(Math.max(0, Math.round(bext.timeReferenceSamples))), true);
  view.setUint16(346, 2, true);
  if (bext.umid) bytes.set(bext.umid.subarray(0, 64), 348);
  loudnessKeys.forEach((key, index) => {
    view.setInt16(loudnessOffset + 2 * index, toHundredths(bext[key]), true);
  });
  putText(bytes, bext.codingHistory, bextFixedBytes, reservedBytes - bextFixedBytes);
  return bytes;
}

/** Silence (-Infinity) and anything that 16 bits cannot hold is "not measured". */
function toHundredths(value: number | undefined): number {
  const hundredths = Math.round((value ?? Infinity) * 100);
  return Math.abs(hundredths) < unset ? hundredths : unset;
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  const field = bytes.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('latin1');
}

function putText(bytes: Uint8Array, text: string, offset: number, length: number): void {
  bytes.set(Buffer.from(text.replace(/[^\x20-\x7e\r\n]/g, '?').slice(0, length), 'latin1'), offset);
}
