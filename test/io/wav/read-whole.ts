import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { AudioReader } from '../../../src/io/audio-file.ts';

/** Reads all audio that is left, in blocks, and closes the reader. */
export async function readWhole(reader: AudioReader, blockFrames = 1000): Promise<Float32Array[]> {
  const channels = Array.from({ length: reader.channelCount }, () => new Float32Array(reader.frameCount));
  const block = createAudioBlock(reader.channelCount, blockFrames);
  let done = 0;
  for (let frames = await reader.read(block); frames > 0; frames = await reader.read(block)) {
    channels.forEach((channel, index) => channel.set(block.channels[index]!.subarray(0, frames), done));
    done += frames;
  }
  await reader.close();
  if (done !== reader.frameCount) throw new Error(`${done} frames read of ${reader.frameCount}`);
  return channels;
}
