import { fourCc, viewOf, type DeclaredAudio } from './declared-audio.ts';

const ratesHz = [
  6000, 8000, 9600, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 192000,
];
const monoFlag = 0x4;
const finalBlockFlag = 0x1000;
const unknownFrames = 0xffffffff;
const headerBytes = 32;

/** Facts of a WavPack file, from its first blocks (WavPack 5 file format, clause 2). */
export function readWavPackFacts(bytes: Uint8Array): DeclaredAudio {
  if (bytes.length < headerBytes) return { toleranceFrames: 0 };
  const view = viewOf(bytes);
  const frameCount = view.getUint32(12, true);
  const flags = view.getUint32(24, true);
  return {
    sampleRateHz: ratesHz[(flags >>> 23) & 15],
    bitDepth: 8 * ((flags & 3) + 1),
    channelCount: countChannels(bytes, view),
    frameCount: frameCount === unknownFrames ? undefined : frameCount,
    toleranceFrames: 0,
  };
}

/** Each block holds one or two channels; the last one of the same stretch of time is flagged. */
function countChannels(bytes: Uint8Array, view: DataView): number | undefined {
  let channelCount = 0;
  for (let offset = 0; offset + headerBytes <= bytes.length; offset += 8 + view.getUint32(offset + 4, true)) {
    if (fourCc(bytes, offset) !== 'wvpk') break;
    const flags = view.getUint32(offset + 24, true);
    channelCount += flags & monoFlag ? 1 : 2;
    if (flags & finalBlockFlag) return channelCount;
  }
  return undefined;
}
