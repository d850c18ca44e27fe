import type { AudioBlock } from '../base/audio-block.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { bytesPerSample, type ByteOrder, type SampleFormat } from '../kernels/interfaces/pcm.ts';
import { requireChannels } from './audio-file.ts';
import type { AtomicFile } from './atomic-file.ts';
import { createWriteBehind } from './write-behind.ts';

/** What frames are written as, and where. */
export interface FrameSinkOptions {
  readonly kernels: Kernels;
  readonly sampleFormat: SampleFormat;
  /** Default: 'little'. */
  readonly byteOrder?: ByteOrder | undefined;
  readonly channelCount: number;
  /** Block channel of every file channel. Default: the same. */
  readonly channelOrder?: readonly number[] | undefined;
  /** Byte of the first frame. */
  readonly byteOffset: number;
  /** Hears every byte in order. */
  readonly hear?: ((bytes: Uint8Array) => void) | undefined;
}

/** Writes blocks as interleaved samples. */
export interface FrameSink {
  /** Frames that were given. */
  readonly frameCount: number;
  write(block: AudioBlock): Promise<void>;
  /** Waits until everything is on its way to the disk. */
  flush(): Promise<void>;
}

const bufferBytes = 256 * 1024;

/** Packs blocks into large writes: one buffer is filled while the other is written. */
export function createFrameSink(target: AtomicFile, options: FrameSinkOptions): FrameSink {
  const { kernels, sampleFormat, byteOrder, channelCount, channelOrder, byteOffset, hear } = options;
  const frameBytes = channelCount * bytesPerSample[sampleFormat];
  const capacityFrames = Math.max(1, Math.floor(bufferBytes / frameBytes));
  const behind = createWriteBehind((bytes, position) => target.write(bytes, position));
  let buffer = new Uint8Array(capacityFrames * frameBytes);
  let otherBuffer = new Uint8Array(capacityFrames * frameBytes);
  let bufferedFrames = 0;
  let flushedFrames = 0;

  const push = async (): Promise<void> => {
    const bytes = buffer.subarray(0, bufferedFrames * frameBytes);
    const position = byteOffset + flushedFrames * frameBytes;
    flushedFrames += bufferedFrames;
    bufferedFrames = 0;
    hear?.(bytes);
    await behind.push(bytes, position);
    [buffer, otherBuffer] = [otherBuffer, buffer];
  };
  return {
    get frameCount() {
      return flushedFrames + bufferedFrames;
    },
    async write(block) {
      requireChannels(block, channelCount, target.file);
      const inputs = channelOrder?.map((channel) => block.channels[channel]!) ?? block.channels;
      let done = 0;
      while (done < block.frameCount) {
        const frames = Math.min(block.frameCount - done, capacityFrames - bufferedFrames);
        const piece = done === 0 ? inputs : inputs.map((input) => input.subarray(done));
        const to = buffer.subarray(bufferedFrames * frameBytes);
        kernels.encodePcm(sampleFormat, piece, frames, to, byteOrder);
        bufferedFrames += frames;
        done += frames;
        if (bufferedFrames === capacityFrames) await push();
      }
    },
    async flush() {
      await push();
      await behind.settle();
    },
  };
}
