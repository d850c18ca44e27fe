import { allocate } from './memory';
import { counterStep, hashCounter } from './noise-counter';
import { loadFrame, storeFrame } from './row-frames';
import { flushTiny } from './vector';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;

/** State of one noise shaper. Its filter is recursive: the four lanes are four channels. */
@unmanaged
class NoiseShaper {
  order: i32;
  /** Each four times [order], float32. */
  coefficients: usize;
  /** [lane][frame], float32. */
  rows: usize;
  groupBytes: usize;
  /** Of each group of four channels: the counters [4], then what earlier errors take off [order + 1][4]. */
  groups: usize;
}

/** Allocates a noise shaper. */
export function createNoiseShaper(channelCount: i32, order: i32): usize {
  const self = changetype<NoiseShaper>(allocate(offsetof<NoiseShaper>()));
  self.order = order;
  self.coefficients = allocate(<usize>order << 4);
  self.rows = allocate(4 * rowBytes);
  self.groupBytes = <usize>(order + 2) << 4;
  self.groups = allocate(self.groupBytes * ((channelCount + 3) >> 2));
  return changetype<usize>(self);
}

/** Frames that one call takes at most. */
export function noiseShaperCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where the samples of one channel of a group go, and come out. */
export function noiseShaperRow(shaper: usize, lane: i32): usize {
  return changetype<NoiseShaper>(shaper).rows + rowBytes * lane;
}

/** Sets a coefficient of the error filter. */
export function noiseShaperSetCoefficient(shaper: usize, index: i32, value: f32): void {
  v128.store(changetype<NoiseShaper>(shaper).coefficients + (<usize>index << 4), f32x4.splat(value));
}

/** Forgets the errors of a channel and starts its noise. */
export function noiseShaperReset(shaper: usize, channel: i32, seed: i32): void {
  const self = changetype<NoiseShaper>(shaper);
  const lane = self.groups + self.groupBytes * (channel >> 2) + ((channel & 3) << 2);
  store<i32>(lane, seed);
  for (let tap = 0; tap <= self.order; tap++) store<f32>(lane + (<usize>(tap + 1) << 4), 0);
}

/** Rounds the samples of a group of four channels in place, as the scalar twin does step by step. */
export function noiseShaperRun(shaper: usize, group: i32, frameCount: i32, inputGain: f32, scale: f32): void {
  const self = changetype<NoiseShaper>(shaper);
  const counterAt = self.groups + self.groupBytes * group;
  const first = counterAt + 16, last = first + (<usize>self.order << 4);
  const gains = f32x4.splat(inputGain), scales = f32x4.splat(scale), step = f32x4.splat(1 / scale);
  const most = f32x4.splat(scale - 1), least = f32x4.splat(-scale), half = f32x4.splat(0.5);
  // Infinity has no rest; twice full scale is clipped as well.
  const far = f32x4.splat(2 * scale);
  const noiseScale = f32x4.splat(1.0 / 65536.0), low = i32x4.splat(0xffff), steps = i32x4.splat(counterStep);
  let counter = v128.load(counterAt), feedback = v128.load(first);
  for (let x = self.rows, end = x + (<usize>frameCount << 2); x < end; x += 4) {
    counter = i32x4.add(counter, steps);
    const bits = hashCounter(counter);
    const difference = i32x4.sub(i32x4.shr_u(bits, 16), v128.and(bits, low));
    const noise = f32x4.mul(f32x4.convert_i32x4_s(difference), noiseScale);
    const exact = f32x4.pmax(f32x4.pmin(f32x4.mul(f32x4.mul(flushTiny(loadFrame(x, rowBytes)), gains), scales), far), f32x4.neg(far));
    const whole = f32x4.floor(exact);
    const wanted = f32x4.sub(f32x4.sub(exact, whole), feedback);
    const level = f32x4.floor(f32x4.add(f32x4.add(wanted, noise), half));
    // The order of the operands hands NaN on.
    storeFrame(x, rowBytes, f32x4.mul(f32x4.pmax(f32x4.pmin(f32x4.add(whole, level), most), least), step));
    let error = f32x4.sub(level, wanted);
    error = v128.and(error, f32x4.eq(error, error));
    let c = self.coefficients;
    feedback = f32x4.add(v128.load(first, 16), f32x4.mul(v128.load(c), error));
    for (let state = first + 16; state < last; state += 16) {
      c += 16;
      v128.store(state, f32x4.add(v128.load(state, 16), f32x4.mul(v128.load(c), error)));
    }
  }
  v128.store(counterAt, counter);
  v128.store(first, feedback);
}
