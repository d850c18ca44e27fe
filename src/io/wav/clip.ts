import { createRequire } from 'node:module';
import type { AudioBlock } from '../../base/audio-block.ts';
import { UnsupportedError } from '../../base/errors.ts';

/** The part of the package `wav-encoder` that is used. */
interface WavEncoder {
  encode: {
    sync(
      audio: { sampleRate: number; channelData: Float32Array[] },
      options: { bitDepth: 16; symmetric: true } | { float: true },
    ): ArrayBuffer;
  };
}

/** Sample formats of clips. */
export type ClipFormat = 'int16' | 'float32';

/** Longest clip: the encoder holds everything in memory and computes sample by sample. */
export const maxClipBytes = 64 * 1024 * 1024;
const maxClipChannels = 2;

/**
 * Encodes a short mono or stereo clip as a whole WAVE file in memory, by the package wav-encoder: previews
 * and thumbnails, never deliverables. Full scale of int16 is 32768, samples are rounded and clipped, without
 * dither.
 * @throws UnsupportedError 'clip-limits' for more than two channels (the package writes no channel mask) or
 *   more than 64 MiB: `createWavWriter` does those
 */
export function encodeClip(
  block: AudioBlock,
  sampleRateHz: number,
  format: ClipFormat = 'int16',
): Uint8Array {
  const channelCount = block.channels.length;
  const clipBytes = block.frameCount * channelCount * (format === 'int16' ? 2 : 4);
  if (channelCount < 1 || channelCount > maxClipChannels || clipBytes > maxClipBytes) {
    throw new UnsupportedError(
      'clip-limits',
      `a clip of ${channelCount} channels and ${clipBytes} bytes; allowed are 1 or 2 channels and ` +
        `${maxClipBytes} bytes`,
    );
  }
  const wavEncoder = createRequire(import.meta.url)('wav-encoder') as WavEncoder;
  const channelData = block.channels.map((channel) => channel.subarray(0, block.frameCount));
  const options =
    format === 'int16' ? ({ bitDepth: 16, symmetric: true } as const) : ({ float: true } as const);
  return new Uint8Array(wavEncoder.encode.sync({ sampleRate: sampleRateHz, channelData }, options));
}
