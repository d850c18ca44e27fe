import { fourCc, viewOf, type DeclaredAudio } from './declared-audio.ts';

const ratesHz = [
  6000, 8000, 9600, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 192000,
];
const monoFlag = 0x4;
const wholeSequenceFlags = 0x1800;
const unknownFrames = 0xffffffff;
const channelInfoId = 0x0d;

/** Facts of a WavPack file, from its first block (WavPack 5 file format, clauses 2 and 3). */
export function readWavPackFacts(bytes: Uint8Array): DeclaredAudio {
  if (bytes.length < 32) return { toleranceFrames: 0 };
  const view = viewOf(bytes);
  const frameCount = view.getUint32(12, true);
  const flags = view.getUint32(24, true);
  const isWhole = (flags & wholeSequenceFlags) === wholeSequenceFlags;
  return {
    sampleRateHz: ratesHz[(flags >>> 23) & 15],
    bitDepth: 8 * ((flags & 3) + 1),
    channelCount: isWhole ? (flags & monoFlag ? 1 : 2) : channelInfo(bytes, view),
    frameCount: frameCount === unknownFrames ? undefined : frameCount,
    toleranceFrames: 0,
  };
}

/** Channel count of the metadata of the first block, which multichannel files carry. */
function channelInfo(bytes: Uint8Array, view: DataView): number | undefined {
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true));
  for (let offset = 32; offset + 4 <= end;) {
    const id = bytes[offset]!;
    const isLarge = (id & 0x80) !== 0;
    const words = isLarge ? view.getUint32(offset, true) >>> 8 : bytes[offset + 1]!;
    const payload = offset + (isLarge ? 4 : 2);
    if ((id & 0x3f) === channelInfoId && fourCc(bytes, 0) === 'wvpk') return bytes[payload];
    offset = payload + 2 * words;
  }
  return undefined;
}
