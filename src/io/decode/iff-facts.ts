import { fourCc, viewOf, type DeclaredAudio } from './declared-audio.ts';

/** Facts of an AIFF or AIFF-C file, from its COMM chunk. */
export function readAiffFacts(bytes: Uint8Array): DeclaredAudio {
  const view = viewOf(bytes);
  for (let offset = 12; offset + 26 <= bytes.length;) {
    const sizeBytes = view.getUint32(offset + 4);
    if (fourCc(bytes, offset) === 'COMM') {
      return {
        channelCount: view.getUint16(offset + 8),
        frameCount: view.getUint32(offset + 10),
        bitDepth: view.getUint16(offset + 14),
        sampleRateHz: Math.round(extendedAt(view, offset + 16)),
        toleranceFrames: 0,
      };
    }
    offset += 8 + sizeBytes + (sizeBytes % 2);
  }
  return { toleranceFrames: 0 };
}

/** IEEE 754 80-bit extended number, positive. */
function extendedAt(view: DataView, offset: number): number {
  const exponent = (view.getUint16(offset) & 0x7fff) - 16383;
  return (view.getUint32(offset + 2) * 2 ** 32 + view.getUint32(offset + 6)) * 2 ** (exponent - 63);
}

/** Facts of a compressed Core Audio Format file, from its desc and pakt chunks (Apple, Core Audio Format 1.0). */
export function readCafFacts(bytes: Uint8Array): DeclaredAudio {
  const view = viewOf(bytes);
  let facts: DeclaredAudio = { toleranceFrames: 0 };
  for (let offset = 8; offset + 12 <= bytes.length;) {
    const id = fourCc(bytes, offset);
    const payload = offset + 12;
    const declaredBytes = Number(view.getBigInt64(offset + 4));
    const sizeBytes = declaredBytes < 0 ? bytes.length - payload : declaredBytes;
    if (id === 'desc' && payload + 32 <= bytes.length) {
      const bitDepth = view.getUint32(payload + 28);
      facts = {
        sampleRateHz: view.getFloat64(payload),
        channelCount: view.getUint32(payload + 24),
        bitDepth: bitDepth === 0 ? undefined : bitDepth,
        toleranceFrames: 4096,
      };
    }
    if (id === 'pakt' && payload + 16 <= bytes.length) {
      facts = { ...facts, frameCount: Number(view.getBigInt64(payload + 8)) };
    }
    offset = payload + sizeBytes;
  }
  return facts;
}
