import { type AudioBlock, createAudioBlock } from '../base/audio-block.ts';
import { type ResamplerDesign, resampledFrames } from '../dsp/resampler.ts';
import { createStreamResampler } from '../dsp/stream-resampler.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { requireChannels, type AudioReader } from './audio-file.ts';

/** Frames that are read from the file at a time. */
const pieceFrames = 4096;

/**
 * A reader at another sample rate: length, seeking and time stamp are in frames of the new rate, and a stretch
 * holds the same samples whether it was reached by reading or by seeking.
 * @param design from the rate of `reader`, which is closed with the new one
 */
export function createResampledReader(
  reader: AudioReader,
  design: ResamplerDesign,
  kernels: Kernels,
): AudioReader {
  const { file, channelCount, timeReferenceSamples } = reader;
  const frameCount = resampledFrames(reader.frameCount, design);
  const resampler = createStreamResampler(kernels, channelCount, design);
  const piece = createAudioBlock(channelCount, pieceFrames);
  let position = 0;
  /** What the resampler gave last, and how much of it has been handed on. */
  let ready: AudioBlock = { channels: [], frameCount: 0 };
  let taken = 0;

  const seek = (frame: number): void => {
    if (!(frame >= 0 && frame <= frameCount && Number.isInteger(frame))) {
      throw new RangeError(`frame ${frame} is not in 0 to ${frameCount}`);
    }
    position = frame;
    ready = { channels: [], frameCount: 0 };
    taken = 0;
    reader.seek(Math.min(resampler.start(frame), reader.frameCount));
  };
  /** Resamples the next piece of the file; behind its end comes silence. */
  const refill = async (): Promise<void> => {
    piece.frameCount = pieceFrames;
    const got = await reader.read(piece);
    for (const channel of piece.channels) channel.fill(0, got);
    ready = resampler.process(piece);
    taken = 0;
  };
  return {
    ...reader,
    sampleRateHz: design.toHz,
    fileSampleRateHz: design.fromHz,
    frameCount,
    timeReferenceSamples:
      timeReferenceSamples === undefined
        ? undefined
        : Math.round((timeReferenceSamples * design.toHz) / design.fromHz),
    seek,
    async read(block) {
      requireChannels(block, channelCount, file);
      const wanted = Math.min(block.frameCount, frameCount - position);
      for (let done = 0; done < wanted;) {
        if (taken === ready.frameCount) await refill();
        const count = Math.min(wanted - done, ready.frameCount - taken);
        for (const [index, channel] of ready.channels.entries()) {
          block.channels[index]!.set(channel.subarray(taken, taken + count), done);
        }
        taken += count;
        done += count;
      }
      position += wanted;
      return wanted;
    },
    close: () => reader.close(),
  };
}
