import { fourCc, viewOf, type DeclaredAudio } from './declared-audio.ts';

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Boxes between two byte positions (ISO/IEC 14496-12, clause 4.2). */
function* boxes(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = viewOf(bytes);
  for (let offset = from; offset + 8 <= to;) {
    const size = view.getUint32(offset);
    const isLarge = size === 1 && offset + 16 <= to;
    const sizeBytes = isLarge ? Number(view.getBigUint64(offset + 8)) : size === 0 ? to - offset : size;
    const start = offset + (isLarge ? 16 : 8);
    if (offset + sizeBytes < start) return;
    yield { type: fourCc(bytes, offset + 4), start, end: Math.min(to, offset + sizeBytes) };
    offset += sizeBytes;
  }
}

function find(bytes: Uint8Array, { start, end }: Box, ...path: readonly string[]): Box | undefined {
  const [type, ...rest] = path;
  if (type === undefined) return { type: '', start, end };
  for (const box of boxes(bytes, start, end)) if (box.type === type) return find(bytes, box, ...rest);
  return undefined;
}

/** Facts of an MP4, M4A or QuickTime file: duration and sample entry of its first sound track. */
export function readMp4Facts(bytes: Uint8Array): DeclaredAudio {
  const view = viewOf(bytes);
  const moov = find(bytes, { type: '', start: 0, end: bytes.length }, 'moov');
  for (const track of moov ? boxes(bytes, moov.start, moov.end) : []) {
    const media = track.type === 'trak' ? find(bytes, track, 'mdia') : undefined;
    const handler = media && find(bytes, media, 'hdlr');
    if (!media || !handler || fourCc(bytes, handler.start + 8) !== 'soun') continue;
    const header = find(bytes, media, 'mdhd');
    const entries = find(bytes, media, 'minf', 'stbl', 'stsd');
    if (!header || !entries || header.end < header.start + 24 || entries.end < entries.start + 34) continue;
    const is64 = view.getUint8(header.start) === 1 && header.end >= header.start + 32;
    const timescaleHz = view.getUint32(header.start + (is64 ? 20 : 12));
    const ticks = is64 ? Number(view.getBigUint64(header.start + 24)) : view.getUint32(header.start + 16);
    // ALAC, unlike AAC, has neither priming nor padding.
    const isLossless = fourCc(bytes, entries.start + 12) === 'alac';
    return {
      sampleRateHz: timescaleHz,
      frameCount: ticks,
      channelCount: view.getUint16(entries.start + 32),
      toleranceFrames: isLossless ? 0 : 4096,
    };
  }
  return { toleranceFrames: 0 };
}
