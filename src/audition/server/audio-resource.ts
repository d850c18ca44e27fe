import type { Source } from '../protocol/session.ts';
import type { Resource } from './answers.ts';

/** Bytes of a piece, about: enough that each costs little, few enough that the first comes soon. */
const pieceBytes = 256 * 1024;

/** Reads interleaved samples [frame][channel] of a source. */
export type ReadFrames = (startFrame: number, frameCount: number) => Promise<Float32Array<ArrayBuffer>>;

/**
 * The audio of a source as one resource of interleaved float32, little-endian. While a piece is sent the next is read.
 */
export function audioResource(
  { channelCount, frameCount }: Pick<Source, 'channelCount' | 'frameCount'>,
  read: ReadFrames,
): Resource {
  const frameBytes = 4 * channelCount;
  const pieceFrames = Math.max(1, Math.floor(pieceBytes / frameBytes));
  return {
    sizeBytes: frameCount * frameBytes,
    contentType: 'application/octet-stream',
    async *read(start, end) {
      const endFrame = Math.ceil((end + 1) / frameBytes);
      const readFrom = (frame: number): Promise<Float32Array<ArrayBuffer>> => {
        const reading = read(frame, Math.min(pieceFrames, endFrame - frame));
        // A failure is thrown where the piece is awaited.
        reading.catch(() => undefined);
        return reading;
      };
      let frame = Math.floor(start / frameBytes);
      let reading = readFrom(frame);
      while (frame < endFrame) {
        const samples = await reading;
        const next = frame + samples.length / channelCount;
        if (next < endFrame) reading = readFrom(next);
        const from = Math.max(0, start - frame * frameBytes);
        const to = Math.min(samples.byteLength, end + 1 - frame * frameBytes);
        yield new Uint8Array(samples.buffer, samples.byteOffset + from, to - from);
        frame = next;
      }
    },
  };
}
