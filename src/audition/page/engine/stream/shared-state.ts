/** Frames of the blocks in which track levels are kept. */
export const levelBlockFrames = 512;

/** Blocks of track levels that are kept: more than what is rendered ahead and waits in the outputs. */
const levelBlockCount = 128;

/** Most channels of a worklet's output and of a source. */
export const maximumChannelCount = 32;

/** What the audio thread tells all others, in shared memory. */
export interface SharedState {
  readonly memory: SharedArrayBuffer;
  /** See `mark`. */
  readonly marks: Int32Array;
  /** Largest samples of the source that is heard since they were last taken [channel]. */
  readonly channelPeaks: Float32Array;
  /** Left and right. */
  readonly outputPeaks: Float32Array;
  /** One value: -1..1, NaN in silence. */
  readonly correlation: Float32Array;
  /** Largest samples of the scene's tracks [block of stream positions][track]; see `levelRow`. */
  readonly trackPeaks: Float32Array;
  readonly trackCount: number;
}

/** Places in `SharedState.marks`. */
export const mark = {
  /** Odd while the values below are being changed. */
  sequence: 0,
  /** Position of the stream behind the frames that were sent last. */
  position: 1,
  /** Frame of the audio context behind them. */
  contextFrame: 2,
  /** Number of the timeline that is played. */
  timeline: 3,
} as const;

const markBytes = 64;
const levelBytes = 4 * (maximumChannelCount + 4);

/** Makes the memory. */
export const createSharedState = (trackCount: number): SharedState =>
  openSharedState(
    new SharedArrayBuffer(markBytes + levelBytes + 4 * levelBlockCount * trackCount),
    trackCount,
  );

/** The state in a memory that another thread has made. */
export function openSharedState(memory: SharedArrayBuffer, trackCount: number): SharedState {
  const floats = (at: number, count: number): Float32Array =>
    new Float32Array(memory, markBytes + 4 * at, count);
  return {
    memory,
    marks: new Int32Array(memory, 0, 4),
    channelPeaks: floats(0, maximumChannelCount),
    outputPeaks: floats(maximumChannelCount, 2),
    correlation: floats(maximumChannelCount + 2, 1),
    trackPeaks: floats(maximumChannelCount + 4, levelBlockCount * trackCount),
    trackCount,
  };
}

/** Where the sound is: values that belong together. */
export interface PlayPoint {
  /** Modulo 2^32. */
  readonly position: number;
  /** Modulo 2^32. */
  readonly contextFrame: number;
  readonly timeline: number;
}

/** Publishes where the sound is; only the audio thread does. */
export function writePlayPoint(
  marks: Int32Array,
  position: number,
  contextFrame: number,
  timeline: number,
): void {
  Atomics.add(marks, mark.sequence, 1);
  Atomics.store(marks, mark.position, position | 0);
  Atomics.store(marks, mark.contextFrame, contextFrame | 0);
  Atomics.store(marks, mark.timeline, timeline);
  Atomics.add(marks, mark.sequence, 1);
}

/** Where the sound is. */
export function readPlayPoint(marks: Int32Array): PlayPoint {
  for (;;) {
    const before = Atomics.load(marks, mark.sequence);
    const point = {
      position: Atomics.load(marks, mark.position),
      contextFrame: Atomics.load(marks, mark.contextFrame),
      timeline: Atomics.load(marks, mark.timeline),
    };
    if (before % 2 === 0 && Atomics.load(marks, mark.sequence) === before) return point;
  }
}

/** Row of `trackPeaks` [track] for the block of a position. */
export function levelRow({ trackPeaks, trackCount }: SharedState, position: number): Float32Array {
  const block = (position >>> 0) / levelBlockFrames;
  const row = Math.floor(block) % levelBlockCount;
  return trackPeaks.subarray(row * trackCount, (row + 1) * trackCount);
}

/** Takes the largest values out of an array of peaks: it starts anew. */
export function takePeaks(peaks: Float32Array, count: number): Float32Array {
  const taken = peaks.slice(0, count);
  peaks.fill(0, 0, count);
  return taken;
}

/** Raises a peak to the largest sample of [from, to). */
export function raisePeak(
  peaks: Float32Array,
  index: number,
  samples: Float32Array,
  from: number,
  to: number,
): void {
  let peak = peaks[index]!;
  for (let i = from; i < to; i++) {
    const size = Math.abs(samples[i]!);
    if (size > peak) peak = size;
  }
  peaks[index] = peak;
}
