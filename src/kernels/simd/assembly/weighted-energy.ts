import { allocate } from './memory';
import { flushTinyArray } from './vector';

/** Frames of one load at most. */
const capacityFrames: i32 = 4096;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;
/** Filter states below this are set to zero. */
const smallestState: f64 = 1e-20;

/** State of one meter. Channels are padded to a multiple of two, the lanes of float64. */
@unmanaged
class WeightedEnergy {
  paddedCount: i32;
  /** [channel][frame], float32. */
  inputs: usize;
  /** [channel], float64. */
  sums: usize;
  /** [pair of channels][s1, s2, t1, t2][2], float64. */
  states: usize;
  /** b0, b1, b2, a1, a2 of both stages, each twice, float64. */
  coefficients: usize;
}

/** Allocates a meter. */
export function createWeightedEnergy(channelCount: i32): usize {
  const energy = changetype<WeightedEnergy>(allocate(offsetof<WeightedEnergy>()));
  energy.paddedCount = (channelCount + 1) & ~1;
  energy.inputs = allocate(rowBytes * energy.paddedCount);
  energy.sums = allocate(<usize>energy.paddedCount << 3);
  energy.states = allocate(<usize>energy.paddedCount << 5);
  energy.coefficients = allocate(10 * 16);
  return changetype<usize>(energy);
}

/** Frames that one load takes at most. */
export function energyCapacityFrames(): i32 {
  return capacityFrames;
}

/** First row of the inputs [channel][frame]. */
export function energyInputs(energy: usize): usize {
  return changetype<WeightedEnergy>(energy).inputs;
}

/** Bytes from one row of the inputs to the next. */
export function energyRowBytes(): usize {
  return rowBytes;
}

/** Sums of squares [channel], float64. */
export function energySums(energy: usize): usize {
  return changetype<WeightedEnergy>(energy).sums;
}

/** Sets coefficient `index` of the ten: b0, b1, b2, a1, a2 of the first stage, then of the second. */
export function energySetCoefficient(energy: usize, index: i32, value: f64): void {
  v128.store(changetype<WeightedEnergy>(energy).coefficients + (<usize>index << 4), f64x2.splat(value));
}

/** Readies the first frames of the inputs. */
export function energyLoad(energy: usize, frameCount: i32): void {
  const self = changetype<WeightedEnergy>(energy);
  for (let i = 0; i < self.paddedCount; i++) flushTinyArray(self.inputs + rowBytes * i, frameCount);
}

/** Adds the weighted squares of frames [fromFrame, toFrame) of the inputs to the sums. */
export function energyAccumulate(energy: usize, fromFrame: i32, toFrame: i32): void {
  const self = changetype<WeightedEnergy>(energy);
  let channel = 0;
  for (; channel + 4 <= self.paddedCount; channel += 4) accumulateFour(self, channel, fromFrame, toFrame);
  if (channel < self.paddedCount) accumulateTwo(self, channel, fromFrame, toFrame);
}

/** Zeroes small filter states. */
export function energyFlush(energy: usize): void {
  const self = changetype<WeightedEnergy>(energy);
  const end = self.states + (<usize>self.paddedCount << 5);
  for (let state = self.states; state < end; state += 16) {
    const value = v128.load(state);
    v128.store(state, v128.and(value, f64x2.ge(f64x2.abs(value), f64x2.splat(smallestState))));
  }
}

/** Zeroes the filter states. */
export function energyReset(energy: usize): void {
  const self = changetype<WeightedEnergy>(energy);
  memory.fill(self.states, 0, <usize>self.paddedCount << 5);
}

/** One frame of two channels, as float64. */
// @ts-ignore: decorator
@inline
function loadPair(a: usize, b: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load_lane<f32>(b, v128.load32_zero(a), 1));
}

/** b x + state - a y */
// @ts-ignore: decorator
@inline
function nextState(b: v128, x: v128, state: v128, a: v128, y: v128): v128 {
  return f64x2.sub(f64x2.add(f64x2.mul(b, x), state), f64x2.mul(a, y));
}

/** Transposed direct form II, written out for two pairs of channels so that their latencies overlap. */
function accumulateFour(self: WeightedEnergy, channel: i32, fromFrame: i32, toFrame: i32): void {
  const c = self.coefficients;
  const b0 = v128.load(c), b1 = v128.load(c, 16), b2 = v128.load(c, 32);
  const a1 = v128.load(c, 48), a2 = v128.load(c, 64);
  const d0 = v128.load(c, 80), d1 = v128.load(c, 96), d2 = v128.load(c, 112);
  const c1 = v128.load(c, 128), c2 = v128.load(c, 144);
  const states = self.states + (<usize>channel << 5);
  let s1 = v128.load(states), s2 = v128.load(states, 16), t1 = v128.load(states, 32), t2 = v128.load(states, 48);
  let u1 = v128.load(states, 64), u2 = v128.load(states, 80), v1 = v128.load(states, 96), v2 = v128.load(states, 112);
  const sums = self.sums + (<usize>channel << 3);
  let sumA = v128.load(sums), sumB = v128.load(sums, 16);
  const row = self.inputs + rowBytes * channel;
  let in0 = row + (<usize>fromFrame << 2);

  for (const end = row + (<usize>toFrame << 2); in0 < end; in0 += 4) {
    let x = loadPair(in0, in0 + rowBytes);
    let y = f64x2.add(f64x2.mul(b0, x), s1);
    s1 = nextState(b1, x, s2, a1, y);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    let z = f64x2.add(f64x2.mul(d0, y), t1);
    t1 = nextState(d1, y, t2, c1, z);
    t2 = f64x2.sub(f64x2.mul(d2, y), f64x2.mul(c2, z));
    sumA = f64x2.add(sumA, f64x2.mul(z, z));

    x = loadPair(in0 + 2 * rowBytes, in0 + 3 * rowBytes);
    y = f64x2.add(f64x2.mul(b0, x), u1);
    u1 = nextState(b1, x, u2, a1, y);
    u2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    z = f64x2.add(f64x2.mul(d0, y), v1);
    v1 = nextState(d1, y, v2, c1, z);
    v2 = f64x2.sub(f64x2.mul(d2, y), f64x2.mul(c2, z));
    sumB = f64x2.add(sumB, f64x2.mul(z, z));
  }

  v128.store(states, s1), v128.store(states, s2, 16), v128.store(states, t1, 32), v128.store(states, t2, 48);
  v128.store(states, u1, 64), v128.store(states, u2, 80), v128.store(states, v1, 96), v128.store(states, v2, 112);
  v128.store(sums, sumA), v128.store(sums, sumB, 16);
}

/** The same for a pair that is left over. */
function accumulateTwo(self: WeightedEnergy, channel: i32, fromFrame: i32, toFrame: i32): void {
  const c = self.coefficients;
  const b0 = v128.load(c), b1 = v128.load(c, 16), b2 = v128.load(c, 32);
  const a1 = v128.load(c, 48), a2 = v128.load(c, 64);
  const d0 = v128.load(c, 80), d1 = v128.load(c, 96), d2 = v128.load(c, 112);
  const c1 = v128.load(c, 128), c2 = v128.load(c, 144);
  const states = self.states + (<usize>channel << 5);
  let s1 = v128.load(states), s2 = v128.load(states, 16), t1 = v128.load(states, 32), t2 = v128.load(states, 48);
  let sum = v128.load(self.sums + (<usize>channel << 3));
  const row = self.inputs + rowBytes * channel;
  for (let at = <usize>fromFrame << 2, end = <usize>toFrame << 2; at < end; at += 4) {
    const x = loadPair(row + at, row + rowBytes + at);
    const y = f64x2.add(f64x2.mul(b0, x), s1);
    s1 = nextState(b1, x, s2, a1, y);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(d0, y), t1);
    t1 = nextState(d1, y, t2, c1, z);
    t2 = f64x2.sub(f64x2.mul(d2, y), f64x2.mul(c2, z));
    sum = f64x2.add(sum, f64x2.mul(z, z));
  }
  v128.store(states, s1), v128.store(states, s2, 16), v128.store(states, t1, 32), v128.store(states, t2, 48);
  v128.store(self.sums + (<usize>channel << 3), sum);
}
