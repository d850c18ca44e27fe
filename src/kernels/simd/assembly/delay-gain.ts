import { allocate } from './memory';
import { flushTiny } from './vector';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;

/** State of one delay; arrays are float32. */
@unmanaged
class DelayGain {
  channelCount: i32;
  delayBytes: usize;
  rowBytes: usize;
  /** [channel][delayed samples, then the newest] */
  lines: usize;
  /** [frame] */
  gains: usize;
  output: usize;
}

/** Allocates a delay. */
export function createDelayGain(channelCount: i32, delaySamples: i32): usize {
  const self = changetype<DelayGain>(allocate(offsetof<DelayGain>()));
  self.channelCount = channelCount;
  self.delayBytes = <usize>delaySamples << 2;
  // Whole vectors, and a cache line more, so that rows do not compete for the same lines of the cache.
  self.rowBytes = ((self.delayBytes + 15) & ~15) + (capacityFrames << 2) + 64;
  self.lines = allocate(self.rowBytes * channelCount);
  self.gains = allocate(<usize>capacityFrames << 2);
  self.output = allocate(<usize>capacityFrames << 2);
  return changetype<usize>(self);
}

/** Frames that one call takes at most. */
export function delayCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where the frames of a channel go. */
export function delayInput(delay: usize, channel: i32): usize {
  const self = changetype<DelayGain>(delay);
  return self.lines + self.rowBytes * channel + self.delayBytes;
}

/** Where the gains go [frame]. */
export function delayGains(delay: usize): usize {
  return changetype<DelayGain>(delay).gains;
}

/** Where one channel comes out [frame]. */
export function delayOutput(delay: usize): usize {
  return changetype<DelayGain>(delay).output;
}

/** Forgets all samples. */
export function delayReset(delay: usize): void {
  const self = changetype<DelayGain>(delay);
  memory.fill(self.lines, 0, self.rowBytes * self.channelCount);
}

/** Multiplies the channel's first frames with `inputGain`, gives as many delayed ones times the gains, and moves on. */
export function delayProcess(delay: usize, channel: i32, frameCount: i32, inputGain: f32): void {
  const self = changetype<DelayGain>(delay);
  const bytes = <usize>frameCount << 2;
  const line = self.lines + self.rowBytes * channel;
  const input = line + self.delayBytes;
  const factor = f32x4.splat(inputGain);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(input + at, f32x4.mul(flushTiny(v128.load(input + at)), factor));
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(self.output + at, f32x4.mul(v128.load(line + at), v128.load(self.gains + at)));
  }
  memory.copy(line, line + bytes, self.delayBytes);
}
