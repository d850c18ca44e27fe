import type { AudioBlock } from '../../base/audio-block.ts';
import { requireChannels, type AudioReader } from '../audio-file.ts';

/** What a reader of decoded audio needs. */
export interface DecodedAudio {
  readonly file: string;
  readonly container: string;
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly channelLabels?: readonly string[] | undefined;
  /** Planar audio [channel][frame], all of equal length. */
  readonly channels: readonly Float32Array[];
}

/** An AudioReader over audio that is in memory as a whole. */
export function createDecodedReader(audio: DecodedAudio): AudioReader {
  const { file, channels } = audio;
  const frameCount = channels[0]?.length ?? 0;
  let position = 0;
  return {
    file,
    container: audio.container,
    sampleRateHz: audio.sampleRateHz,
    channelCount: channels.length,
    frameCount,
    sampleFormat: 'float32',
    bitDepth: audio.bitDepth,
    channelLabels: audio.channelLabels,
    seek(frame) {
      if (!(frame >= 0 && frame <= frameCount && Number.isInteger(frame))) {
        throw new RangeError(`frame ${frame} is not in 0 to ${frameCount}`);
      }
      position = frame;
    },
    async read(block: AudioBlock) {
      requireChannels(block, channels.length, file);
      const frames = Math.min(block.frameCount, frameCount - position);
      channels.forEach((channel, index) => {
        block.channels[index]!.set(channel.subarray(position, position + frames));
      });
      position += frames;
      return frames;
    },
    close: async () => undefined,
  };
}
