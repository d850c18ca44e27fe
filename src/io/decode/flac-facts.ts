import { maskByChannelCount, viewOf, type DeclaredAudio } from './declared-audio.ts';

const maskKey = 'WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x';
/** Comments stand among the first metadata blocks; pictures behind them may be long. */
const commentSearchBytes = 65536;

/**
 * Facts of a FLAC stream, from its STREAMINFO block (RFC 9639, clause 8.2).
 * @param offset where "fLaC" stands: 0, or inside the first page of an Ogg file
 */
export function readFlacFacts(bytes: Uint8Array, offset = 0): DeclaredAudio {
  if (bytes.length < offset + 42) return { toleranceFrames: 0 };
  const view = viewOf(bytes);
  const info = offset + 8;
  const packed = view.getUint32(info + 10);
  const channelCount = ((packed >>> 9) & 7) + 1;
  const frameCount = (view.getUint8(info + 13) & 15) * 2 ** 32 + view.getUint32(info + 14);
  return {
    sampleRateHz: packed >>> 12,
    channelCount,
    bitDepth: ((packed >>> 4) & 31) + 1,
    frameCount: frameCount === 0 ? undefined : frameCount,
    toleranceFrames: 0,
    channelMask: maskComment(bytes) ?? maskByChannelCount[channelCount],
  };
}

function maskComment(bytes: Uint8Array): number | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, commentSearchBytes));
  const at = head.indexOf(maskKey);
  if (at < 0) return undefined;
  const digits = /^[0-9a-f]{1,8}/i.exec(
    head.toString('latin1', at + maskKey.length, at + maskKey.length + 8),
  );
  return digits ? Number.parseInt(digits[0], 16) : undefined;
}

/**
 * Undoes the decoder's scale: it divides integers by 2^(bits-1) - 1, we hold full scale as 2^(bits-1). Up to
 * 24 bits the integers are recovered exactly. In place.
 */
export function rescaleFlac(channels: readonly Float32Array[], bitDepth: number): void {
  if (bitDepth > 24) return;
  const decoderScale = 2 ** (bitDepth - 1) - 1;
  const fullScale = 2 ** (bitDepth - 1);
  for (const channel of channels) {
    for (let frame = 0; frame < channel.length; frame++) {
      channel[frame] = Math.round(channel[frame]! * decoderScale) / fullScale;
    }
  }
}
