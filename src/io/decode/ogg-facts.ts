import { fourCc, maskByChannelCount, viewOf, type DeclaredAudio } from './declared-audio.ts';
import { readFlacFacts } from './flac-facts.ts';

/** Codec inside an Ogg file. */
export type OggCodec = 'opus' | 'vorbis' | 'flac';

/** Codec of the first stream of an Ogg file, by the first bytes of its first packet; undefined for others. */
export function oggCodec(head: Uint8Array): OggCodec | undefined {
  const packet = Buffer.from(head.subarray(firstPacket(head), firstPacket(head) + 8)).toString('latin1');
  if (packet === 'OpusHead') return 'opus';
  if (packet.startsWith('\x01vorbis')) return 'vorbis';
  return packet.startsWith('\x7fFLAC') ? 'flac' : undefined;
}

/**
 * Facts of an Ogg file: the identification header of its first stream (RFC 7845, Vorbis I, RFC 9639 clause
 * 10.1) and the granule position of its last page.
 */
export function readOggFacts(bytes: Uint8Array): DeclaredAudio {
  const codec = oggCodec(bytes);
  const packet = firstPacket(bytes);
  if (codec === undefined || bytes.length < packet + 19) return { toleranceFrames: 0 };
  const view = viewOf(bytes);
  const endFrame = lastGranule(bytes, view);
  if (codec === 'flac') {
    const facts = readFlacFacts(bytes, packet + 9);
    return { ...facts, frameCount: facts.frameCount ?? endFrame };
  }
  const isOpus = codec === 'opus';
  const channelCount = view.getUint8(packet + (isOpus ? 9 : 11));
  const skippedFrames = isOpus ? view.getUint16(packet + 10, true) : 0;
  return {
    channelCount,
    sampleRateHz: isOpus ? 48000 : view.getUint32(packet + 12, true),
    frameCount: endFrame === undefined ? undefined : Math.max(0, endFrame - skippedFrames),
    toleranceFrames: 0,
    channelMask: maskByChannelCount[channelCount],
  };
}

/** A page is a header of 27 bytes, a table of as many bytes as byte 26 says, and the payload. */
const firstPacket = (bytes: Uint8Array): number => 27 + (bytes[26] ?? 0);

/** End of the last page with a position, in frames of the codec; pages are at most 65307 bytes long. */
function lastGranule(bytes: Uint8Array, view: DataView): number | undefined {
  const serial = view.getUint32(14, true);
  for (let offset = bytes.length - 27; offset >= 0; offset--) {
    if (bytes[offset] !== 0x4f || fourCc(bytes, offset) !== 'OggS') continue;
    const granule = view.getBigInt64(offset + 6, true);
    if (view.getUint32(offset + 14, true) === serial && granule >= 0n) return Number(granule);
  }
  return undefined;
}
