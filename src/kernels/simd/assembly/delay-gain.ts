import { allocate } from './memory';
import { flushTiny } from './vector';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;

/** State of one delay; arrays are float32. */
@unmanaged
class DelayGain {
  channelCount: i32;
  delayBytes: usize;
  /** What is kept of a line before its newest samples: those that are delayed, or a longer history. */
  keptBytes: usize;
  rowBytes: usize;
  /** [channel][kept samples, then the newest] */
  lines: usize;
  /** [frame] */
  gains: usize;
  output: usize;
}

/** Allocates a delay. @param historyFrames samples before the newest that others want to read in its lines */
export function createDelayGain(channelCount: i32, delaySamples: i32, historyFrames: i32): usize {
  const self = changetype<DelayGain>(allocate(offsetof<DelayGain>()));
  self.channelCount = channelCount;
  self.delayBytes = <usize>delaySamples << 2;
  self.keptBytes = max(self.delayBytes, <usize>historyFrames << 2);
  // Whole vectors, and a few cache lines that readers may touch, so that rows do not compete for the same lines of the cache.
  self.rowBytes = ((self.keptBytes + 15) & ~15) + (capacityFrames << 2) + 192;
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
  return self.lines + self.rowBytes * channel + self.keptBytes;
}

/** From one channel's frames to those of the next. */
export function delayRowBytes(delay: usize): usize {
  return changetype<DelayGain>(delay).rowBytes;
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
  const input = delayInput(delay, channel), end = input + (<usize>frameCount << 2);
  const factor = f32x4.splat(inputGain);
  for (let at = input; at < end; at += 16) v128.store(at, f32x4.mul(flushTiny(v128.load(at)), factor));
  delayGive(delay, channel, frameCount, 1, self.gains);
}

/**
 * Gives delayed frames of a channel times `factor` and the gains, or times `factor` alone where there are none, and moves
 * on. The newest frames must hold nothing tiny.
 */
export function delayGive(delay: usize, channel: i32, frameCount: i32, factor: f32, gains: usize): void {
  const self = changetype<DelayGain>(delay);
  const bytes = <usize>frameCount << 2;
  const input = delayInput(delay, channel), line = input - self.delayBytes;
  const factors = f32x4.splat(factor);
  if (gains === 0) {
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(self.output + at, f32x4.mul(v128.load(line + at), factors));
  } else {
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(self.output + at, f32x4.mul(f32x4.mul(v128.load(line + at), factors), v128.load(gains + at)));
  }
  memory.copy(input - self.keptBytes, input - self.keptBytes + bytes, self.keptBytes);
}
