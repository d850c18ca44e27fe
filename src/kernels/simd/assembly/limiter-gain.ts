import { allocate } from './memory';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;
/** Distances to unity below this are unity. */
const smallestDistance: f64 = 1e-12;

/** State of one gain computer; the ring buffers are float64. */
@unmanaged
class LimiterGain {
  releaseFactor: f64;
  grid: f64;
  outputScale: f64;
  /** Required gains in, gains out [frame], float32. */
  gains: usize;
  /** Sliding minimum: gains of this block and suffix minima of the one before (one entry more). */
  blockBytes: usize;
  block: usize;
  suffixMinima: usize;
  blockOffset: usize;
  prefixMinimum: f64;
  distance: f64;
  /** Running sums: the last grid gains and the last of their sums. */
  boxBytes: usize;
  boxGains: usize;
  boxSums: usize;
  boxOffset: usize;
  sum: f64;
  sumOfSums: f64;
  /** Frames until everything that is remembered is unity, if nothing more is required. */
  busyFrames: i32;
}

/** Allocates a gain computer; see `limiterGrid` for boxSamples, grid and outputScale. The window is that of the sliding minimum. */
export function createLimiterGain(
  windowSamples: i32, boxSamples: i32, releaseFactor: f64, grid: f64, outputScale: f64,
): usize {
  const limiter = changetype<LimiterGain>(allocate(offsetof<LimiterGain>()));
  limiter.releaseFactor = releaseFactor;
  limiter.grid = grid;
  limiter.outputScale = outputScale;
  limiter.gains = allocate(<usize>capacityFrames << 2);
  limiter.blockBytes = <usize>windowSamples << 3;
  limiter.block = allocate(limiter.blockBytes);
  limiter.suffixMinima = allocate(limiter.blockBytes + 8);
  limiter.boxBytes = <usize>boxSamples << 3;
  limiter.boxGains = allocate(limiter.boxBytes);
  limiter.boxSums = allocate(limiter.boxBytes);
  limiterReset(changetype<usize>(limiter));
  return changetype<usize>(limiter);
}

/** Frames that one call takes at most. */
export function limiterCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where required gains go in and gains come out [frame]. */
export function limiterGains(limiter: usize): usize {
  return changetype<LimiterGain>(limiter).gains;
}

/** Returns to gain 1. */
export function limiterReset(limiter: usize): void {
  const self = changetype<LimiterGain>(limiter);
  const boxSum = self.grid * <f64>(self.boxBytes >> 3);
  for (let at: usize = 0; at <= self.blockBytes; at += 8) store<f64>(self.suffixMinima + at, 1);
  for (let at: usize = 0; at < self.boxBytes; at += 8) {
    store<f64>(self.boxGains + at, self.grid);
    store<f64>(self.boxSums + at, boxSum);
  }
  self.blockOffset = 0;
  self.prefixMinimum = 1;
  self.distance = 0;
  self.boxOffset = 0;
  self.sum = boxSum;
  self.sumOfSums = boxSum * <f64>(self.boxBytes >> 3);
  self.busyFrames = 0;
}

/** Replaces the first peaks by the gains that bring them down to a ceiling; NaN counts as silence. */
export function limiterRequire(limiter: usize, frameCount: i32, ceilingGain: f32): void {
  const ceilings = f32x4.splat(ceilingGain), ones = f32x4.splat(1);
  for (let at = changetype<LimiterGain>(limiter).gains, end = at + (<usize>frameCount << 2); at < end; at += 16) {
    const peak = v128.load(at);
    v128.store(at, v128.bitselect(f32x4.div(ceilings, peak), ones, f32x4.gt(peak, ceilings)));
  }
}

/** Replaces the first required gains by the gain curve, as the scalar twin does step by step. */
export function limiterProcess(limiter: usize, frameCount: i32): void {
  const self = changetype<LimiterGain>(limiter);
  if (isIdle(self, frameCount)) return;
  const releaseFactor = self.releaseFactor, grid = self.grid, outputScale = self.outputScale;
  let distance = self.distance, sum = self.sum, sumOfSums = self.sumOfSums, box = self.boxOffset;
  for (let at = self.gains, end = at + (<usize>frameCount << 2); at < end; at += 4) {
    distance = max(1 - slidingMinimum(self, load<f32>(at)), distance * releaseFactor);
    if (distance < smallestDistance) distance = 0;
    const gain = floor((1 - distance) * grid);
    sum += gain - load<f64>(self.boxGains + box);
    store<f64>(self.boxGains + box, gain);
    sumOfSums += sum - load<f64>(self.boxSums + box);
    store<f64>(self.boxSums + box, sum);
    box += 8;
    if (box === self.boxBytes) box = 0;
    store<f32>(at, <f32>(sumOfSums / outputScale));
  }
  self.distance = distance;
  self.sum = sum;
  self.sumOfSums = sumOfSums;
  self.boxOffset = box;
}

/** Whether nothing is required and nothing is remembered, so that all gains are unity and no state changes. */
function isIdle(self: LimiterGain, frameCount: i32): bool {
  let isUnity = self.distance === 0;
  for (let i = 0; isUnity && i < frameCount; i++) isUnity = load<f32>(self.gains + (<usize>i << 2)) === 1;
  if (isUnity && self.busyFrames === 0) return true;
  const memoryFrames = <i32>((2 * self.blockBytes + 2 * self.boxBytes) >> 3);
  self.busyFrames = isUnity ? max(0, self.busyFrames - frameCount) : memoryFrames + frameCount;
  return false;
}

/** Smallest required gain of the window, in 0..1; NaN counts as 1. Van Herk's algorithm. */
// @ts-ignore: decorator
@inline
function slidingMinimum(self: LimiterGain, required: f64): f64 {
  const gain = required < 1 ? max(required, 0) : 1;
  store<f64>(self.block + self.blockOffset, gain);
  self.blockOffset += 8;
  if (gain < self.prefixMinimum) self.prefixMinimum = gain;
  const minimum = min(self.prefixMinimum, load<f64>(self.suffixMinima + self.blockOffset));
  if (self.blockOffset === self.blockBytes) startBlock(self);
  return minimum;
}

function startBlock(self: LimiterGain): void {
  let suffix: f64 = 1;
  for (let at = self.blockBytes; at > 0; at -= 8) {
    suffix = min(suffix, load<f64>(self.block + at - 8));
    store<f64>(self.suffixMinima + at - 8, suffix);
  }
  self.blockOffset = 0;
  self.prefixMinimum = 1;
}
