import { fourCc, viewOf, type DeclaredAudio } from './declared-audio.ts';

/** Length of an ID3v2 tag at the start, 0 where there is none; sizes have 7 bits a byte. */
export function id3Bytes(bytes: Uint8Array): number {
  if (bytes.length < 10 || fourCc(bytes, 0).slice(0, 3) !== 'ID3') return 0;
  const size = (bytes[6]! << 21) | (bytes[7]! << 14) | (bytes[8]! << 7) | bytes[9]!;
  return 10 + size + (bytes[5]! & 0x10 ? 10 : 0);
}

/** Layer III bit rates in kbit/s: MPEG-1, then MPEG-2 and 2.5 (ISO/IEC 11172-3 and 13818-3). */
const layer3Rates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const mp3RatesHz = [44100, 48000, 32000] as const;
const adtsRatesHz = [
  96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
] as const;

interface Mp3Frame {
  readonly sizeBytes: number;
  readonly frameCount: number;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** Where a Xing or Info header stands, if this is that frame. */
  readonly xingOffset: number;
}

function mp3FrameAt(bytes: Uint8Array, offset: number): Mp3Frame | undefined {
  if (offset + 4 > bytes.length) return undefined;
  const header = viewOf(bytes).getUint32(offset);
  const version = (header >>> 19) & 3;
  const rateHz = mp3RatesHz[(header >>> 10) & 3];
  const isMpeg1 = version === 3;
  const bitRate = layer3Rates[isMpeg1 ? 0 : 1][(header >>> 12) & 15];
  const isLayer3 = header >>> 21 === 0x7ff && version !== 1 && ((header >>> 17) & 3) === 1;
  if (!isLayer3 || !rateHz || !bitRate) return undefined;
  const sampleRateHz = rateHz / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const channelCount = ((header >>> 6) & 3) === 3 ? 1 : 2;
  const sideInfoBytes = isMpeg1 ? (channelCount === 1 ? 17 : 32) : channelCount === 1 ? 9 : 17;
  const frameCount = isMpeg1 ? 1152 : 576;
  return {
    sizeBytes: Math.floor((frameCount * 125 * bitRate) / sampleRateHz) + ((header >>> 9) & 1),
    frameCount,
    channelCount,
    sampleRateHz,
    xingOffset: offset + 4 + sideInfoBytes,
  };
}

/** Facts of an MP3 file: its Xing or Info header, or else its frames counted. */
export function readMp3Facts(bytes: Uint8Array): DeclaredAudio {
  let offset = id3Bytes(bytes);
  const first = mp3FrameAt(bytes, offset);
  if (!first) return { toleranceFrames: 0 };
  const { channelCount, sampleRateHz, xingOffset } = first;
  const facts = { channelCount, sampleRateHz, toleranceFrames: 4 * first.frameCount };
  const tag = fourCc(bytes, xingOffset);
  if ((tag === 'Xing' || tag === 'Info') && xingOffset + 12 <= bytes.length && bytes[xingOffset + 7]! & 1) {
    return { ...facts, frameCount: viewOf(bytes).getUint32(xingOffset + 8) * first.frameCount };
  }
  let frameCount = 0;
  for (let frame: Mp3Frame | undefined = first; frame; frame = mp3FrameAt(bytes, offset)) {
    frameCount += frame.frameCount;
    offset += frame.sizeBytes;
  }
  return { ...facts, frameCount };
}

/** Facts of an ADTS stream (AAC without a container): its frames counted (ISO/IEC 14496-3, clause 1.A.2). */
export function readAdtsFacts(bytes: Uint8Array): DeclaredAudio {
  let offset = id3Bytes(bytes);
  const view = viewOf(bytes);
  const start = offset;
  let frameCount = 0;
  while (offset + 7 <= bytes.length && (view.getUint16(offset) & 0xfff6) === 0xfff0) {
    const sizeBytes = (view.getUint32(offset + 2) >>> 5) & 0x1fff;
    if (sizeBytes < 7 || offset + sizeBytes > bytes.length) break;
    frameCount += 1024 * ((bytes[offset + 6]! & 3) + 1);
    offset += sizeBytes;
  }
  if (frameCount === 0) return { toleranceFrames: 0 };
  const configuration = (view.getUint16(start + 2) >>> 6) & 7;
  return {
    sampleRateHz: adtsRatesHz[(bytes[start + 2]! >>> 2) & 15],
    channelCount: configuration === 0 ? undefined : configuration === 7 ? 8 : configuration,
    frameCount,
    toleranceFrames: 4096,
  };
}
