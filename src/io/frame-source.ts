import type { AudioBlock } from '../base/audio-block.ts';
import { FormatError } from '../base/errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { bytesPerSample, type ByteOrder, type SampleFormat } from '../kernels/interfaces/pcm.ts';
import { requireChannels, type AudioReader } from './audio-file.ts';
import { checkFinite } from './finite-samples.ts';
import type { InputFile } from './input-file.ts';

/** Where the frames of a file with plain samples lie, and what they are. */
export interface FrameLayout {
  readonly sampleFormat: SampleFormat;
  /** Default: 'little'. */
  readonly byteOrder?: ByteOrder | undefined;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** Byte of the first frame. */
  readonly byteOffset: number;
  readonly frameCount: number;
  /** Prefix of error codes: "wav" gives 'wav-truncated'. */
  readonly name: string;
}

const bufferBytes = 256 * 1024;

/**
 * Sequential reading of frames through one large buffer.
 * @param prepare changes the bytes of whole frames before they are decoded
 */
export function createFrameSource(
  input: InputFile,
  layout: FrameLayout,
  kernels: Kernels,
  prepare?: (bytes: Uint8Array) => void,
): Pick<AudioReader, 'seek' | 'read'> {
  const { sampleFormat, byteOrder, channelCount, frameCount, byteOffset } = layout;
  const frameBytes = channelCount * bytesPerSample[sampleFormat];
  const isFloat = sampleFormat.startsWith('float');
  const capacityFrames = Math.max(1, Math.floor(bufferBytes / frameBytes));
  let buffer: Uint8Array | undefined;
  let bufferStart = 0;
  let bufferEnd = 0;
  let position = 0;

  const fill = async (): Promise<Uint8Array> => {
    buffer ??= new Uint8Array(capacityFrames * frameBytes);
    const wantedBytes = Math.min(capacityFrames, frameCount - position) * frameBytes;
    const bytes = buffer.subarray(0, wantedBytes);
    const foundBytes = await input.readInto(bytes, byteOffset + position * frameBytes);
    if (foundBytes < wantedBytes) throw truncated(input.file, layout, position * frameBytes + foundBytes);
    prepare?.(bytes);
    bufferStart = position;
    bufferEnd = position + wantedBytes / frameBytes;
    return buffer;
  };

  return {
    seek(frame) {
      if (!(frame >= 0 && frame <= frameCount && Number.isInteger(frame))) {
        throw new RangeError(`frame ${frame} is not in 0 to ${frameCount}`);
      }
      position = frame;
    },
    async read(block: AudioBlock) {
      requireChannels(block, channelCount, input.file);
      const firstFrame = position;
      const wanted = Math.min(block.frameCount, frameCount - position);
      let done = 0;
      while (done < wanted) {
        const inBuffer = position >= bufferStart && position < bufferEnd;
        const bytes = inBuffer && buffer ? buffer : await fill();
        const frames = Math.min(wanted - done, bufferEnd - position);
        const outputs = done === 0 ? block.channels : block.channels.map((channel) => channel.subarray(done));
        const from = (position - bufferStart) * frameBytes;
        kernels.decodePcm(sampleFormat, bytes.subarray(from), frames, outputs, byteOrder);
        position += frames;
        done += frames;
      }
      if (isFloat) {
        const { sampleRateHz } = layout;
        checkFinite(block.channels, done, firstFrame, { file: input.file, sampleRateHz });
      }
      return done;
    },
  };
}

function truncated(file: string, layout: FrameLayout, foundBytes: number): FormatError {
  const { name, byteOffset, frameCount, channelCount, sampleFormat } = layout;
  const expected = frameCount * channelCount * bytesPerSample[sampleFormat];
  const message = `${file}: chunk "data" has become shorter while being read: ${foundBytes} bytes found, ${expected} expected`;
  return new FormatError(`${name}-truncated`, message, { file, chunk: 'data', byteOffset });
}
