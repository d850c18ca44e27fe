/**
 * A stretch of a stream in shared memory: one writer, one reader, planar. Positions count frames of the stream; in
 * memory they are kept modulo 2^32, and only differences are looked at, so that nothing ends after 2^31 frames.
 */
export interface Ring {
  readonly memory: SharedArrayBuffer;
  /** [channel][capacityFrames]; position p lies at p modulo the capacity. */
  readonly channels: readonly Float32Array[];
  /** A power of two. */
  readonly capacityFrames: number;
  /** First position of the stretch, and the one behind its last. */
  readonly marks: Int32Array;
}

const headerBytes = 64;

/** Makes an empty ring. @param capacityFrames a power of two */
export const createRing = (channelCount: number, capacityFrames: number): Ring =>
  openRing(new SharedArrayBuffer(headerBytes + 4 * channelCount * capacityFrames), channelCount);

/** The ring that lies in a memory which `createRing` of another thread has made. */
export function openRing(memory: SharedArrayBuffer, channelCount: number): Ring {
  const capacityFrames = (memory.byteLength - headerBytes) / 4 / channelCount;
  const channels = Array.from(
    { length: channelCount },
    (_, channel) => new Float32Array(memory, headerBytes + 4 * channel * capacityFrames, capacityFrames),
  );
  return { memory, channels, capacityFrames, marks: new Int32Array(memory, 0, 2) };
}

/** Frames that can be read from a position on; none where the stretch does not hold it. */
export function readableFrames(ring: Ring, position: number): number {
  if (beginsBehind(ring, position)) return 0;
  return Math.max(0, (Atomics.load(ring.marks, 1) - position) | 0);
}

/** Whether the stretch begins behind a position: nobody will bring that any more. */
export const beginsBehind = ({ marks }: Ring, position: number): boolean =>
  ((position - Atomics.load(marks, 0)) | 0) < 0;

/** Empties the ring; the next frame that is written is that of a position. The samples stay until they are overwritten. */
export function restartRing({ marks }: Ring, position: number): void {
  Atomics.store(marks, 0, position | 0);
  Atomics.store(marks, 1, position | 0);
}

/** Says that the stretch ends at a position: behind samples that were written, or before some that are given up. */
export function endRing({ marks }: Ring, position: number): void {
  Atomics.store(marks, 1, position | 0);
}

/** Writes silence at a position, without saying that it is there. */
export function writeSilence(ring: Ring, position: number, frameCount: number): void {
  eachPart(ring, position, frameCount, (at, _from, count) => {
    for (const channel of ring.channels) channel.fill(0, at, at + count);
  });
}

/**
 * Writes interleaved frames at a position, without saying that they are there.
 * @param samples [frame][channel of the ring]
 */
export function writeInterleaved(ring: Ring, position: number, samples: Float32Array): void {
  const { channels } = ring;
  const stride = channels.length;
  eachPart(ring, position, Math.floor(samples.length / stride), (at, from, count) => {
    for (let c = 0; c < stride; c++) {
      const channel = channels[c]!;
      for (let i = 0, s = from * stride + c; i < count; i++, s += stride) channel[at + i] = samples[s]!;
    }
  });
}

/** Writes planar frames at a position, without saying that they are there. @param planes [channel of the ring][frame] */
export function writePlanar(
  ring: Ring,
  position: number,
  planes: readonly Float32Array[],
  frameCount: number,
): void {
  eachPart(ring, position, frameCount, (at, from, count) => {
    ring.channels.forEach((channel, c) => channel.set(planes[c]!.subarray(from, from + count), at));
  });
}

/** Copies frames from a position on. @param planes [channel of the ring][frame] */
export function readPlanar(ring: Ring, position: number, planes: Float32Array[], frameCount: number): void {
  eachPart(ring, position, frameCount, (at, from, count) => {
    ring.channels.forEach((channel, c) => planes[c]!.set(channel.subarray(at, at + count), from));
  });
}

/** Cuts a run of frames where the memory ends. @param use gets the place in the memory, that in the run, the length */
function eachPart(
  { capacityFrames }: Ring,
  position: number,
  frameCount: number,
  use: (at: number, from: number, count: number) => void,
): void {
  for (let from = 0; from < frameCount;) {
    const at = (position + from) & (capacityFrames - 1);
    const count = Math.min(frameCount - from, capacityFrames - at);
    use(at, from, count);
    from += count;
  }
}
