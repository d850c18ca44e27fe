import { allocate } from './memory';
import { exp2, log2 } from './octaves';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;
const rowBytes: usize = (<usize>capacityFrames << 2) + 64;
/** Reductions are cut off above the first and nothing below the second; see `limiter-grid.ts`. */
const mostReduction: f32 = 64;
const leastReduction: f64 = 1.0 / 33554432;

/** Gain computers of several groups; vectors of float64 hold two groups, which take every step side by side. */
@unmanaged
class LimiterGain {
  groupCount: i32;
  ceilingGain: f32;
  factor: f64;
  charge: f64;
  discharge: f64;
  grid: f64;
  outputScale: f64;
  /** Peaks in, required and linked reductions, gains out [group][frame], float32; a row more where groups are odd. */
  rows: usize;
  /** Required reductions before they are linked [group][frame]. */
  unlinked: usize;
  /** Shares of the links [taking group][giving group], float32. */
  links: usize;
  hasLinks: bool;
  /** Bytes of the sliding maximum's window and of the averages' boxes. */
  blockBytes: usize;
  boxBytes: usize;
  /** One `Pair` after another. */
  pairs: usize;
}

/** Curves of two groups: lane by lane the state of the scalar twin; ring buffers of float64 pairs. */
@unmanaged
class Pair {
  block: usize;
  suffixMaxima: usize;
  blockOffset: usize;
  boxSteps: usize;
  boxSums: usize;
  boxOffset: usize;
  /** prefix maximum, reduction, follower, sum, sum of sums: 16 bytes each. */
  state: usize;
  /** Frames until everything that is remembered is zero, if nothing more is required. */
  busyFrames: i32;
}

const prefixAt: usize = 0, reductionAt: usize = 16, followerAt: usize = 32, sumAt: usize = 48, sumsAt: usize = 64;
const stateBytes: usize = 80;

/** Allocates gain computers; see `limiterGrid` for boxSamples, grid and outputScale. */
export function createLimiterGain(
  groupCount: i32, windowSamples: i32, boxSamples: i32, grid: f64, outputScale: f64, ceilingGain: f32,
): usize {
  const self = changetype<LimiterGain>(allocate(offsetof<LimiterGain>()));
  const pairCount = (groupCount + 1) >> 1;
  self.groupCount = groupCount;
  self.ceilingGain = ceilingGain;
  self.grid = grid;
  self.outputScale = outputScale;
  self.rows = allocate(rowBytes * 2 * pairCount);
  self.unlinked = allocate(rowBytes * groupCount);
  self.links = allocate(<usize>(groupCount * groupCount) << 2);
  self.blockBytes = <usize>windowSamples << 4;
  self.boxBytes = <usize>boxSamples << 4;
  self.pairs = allocate(offsetof<Pair>() * pairCount);
  for (let index = 0; index < pairCount; index++) {
    const pair = pairAt(self, index);
    pair.block = allocate(self.blockBytes);
    pair.suffixMaxima = allocate(self.blockBytes + 16);
    pair.boxSteps = allocate(self.boxBytes);
    pair.boxSums = allocate(self.boxBytes);
    pair.state = allocate(stateBytes);
  }
  limiterReset(changetype<usize>(self));
  return changetype<usize>(self);
}

// @ts-ignore: decorator
@inline
function pairAt(self: LimiterGain, index: i32): Pair {
  return changetype<Pair>(self.pairs + offsetof<Pair>() * index);
}

/** Sets how reductions end. */
export function limiterSetRelease(limiter: usize, factor: f64, charge: f64, discharge: f64): void {
  const self = changetype<LimiterGain>(limiter);
  self.factor = factor;
  self.charge = charge;
  self.discharge = discharge;
}

/** Sets how much of its reduction one group hands to another. */
export function limiterSetLink(limiter: usize, taking: i32, giving: i32, share: f32): void {
  const self = changetype<LimiterGain>(limiter);
  store<f32>(self.links + (<usize>(taking * self.groupCount + giving) << 2), share);
  if (taking !== giving && share > 0) self.hasLinks = true;
}

/** Frames that one call takes at most. */
export function limiterCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where a group's peaks go in and its gains come out [frame]. */
export function limiterRow(limiter: usize, group: i32): usize {
  return changetype<LimiterGain>(limiter).rows + rowBytes * group;
}

/** Returns to gain 1. */
export function limiterReset(limiter: usize): void {
  const self = changetype<LimiterGain>(limiter);
  const pairCount = (self.groupCount + 1) >> 1;
  for (let index = 0; index < pairCount; index++) {
    const pair = pairAt(self, index);
    memory.fill(pair.suffixMaxima, 0, self.blockBytes + 16);
    memory.fill(pair.boxSteps, 0, self.boxBytes);
    memory.fill(pair.boxSums, 0, self.boxBytes);
    memory.fill(pair.state, 0, stateBytes);
    pair.blockOffset = 0;
    pair.boxOffset = 0;
    pair.busyFrames = 0;
  }
}

/** Replaces the rows' first peaks by gains, as the scalar twin does step by step. */
export function limiterProcess(limiter: usize, frameCount: i32): void {
  const self = changetype<LimiterGain>(limiter);
  const required = self.hasLinks ? self.unlinked : self.rows;
  let isIdle = true;
  for (let group = 0; group < self.groupCount; group++) {
    const isZero = toRequired(self.rows + rowBytes * group, required + rowBytes * group, frameCount, self.ceilingGain);
    isIdle = isIdle && isZero;
  }
  if (self.hasLinks) {
    for (let group = 0; group < self.groupCount; group++) link(self, group, frameCount, isIdle);
  }
  for (let group = 0; group < self.groupCount; group += 2) {
    const pair = pairAt(self, group >> 1);
    const row = self.rows + rowBytes * group;
    if (!isIdle) pair.busyFrames = busyFramesOf(self) + frameCount;
    if (pair.busyFrames > 0) processPair(self, pair, row, frameCount);
    toGains(row, frameCount);
    // Where groups are odd, the last row stays zero.
    if (group + 1 < self.groupCount) toGains(row + rowBytes, frameCount);
  }
}

/** Frames after which averages and windows hold nothing of what came before. */
function busyFramesOf(self: LimiterGain): i32 {
  return <i32>((2 * self.blockBytes + 2 * self.boxBytes) >> 4);
}

/** Writes the reductions that a row of peaks requires. @returns whether they are all zero */
function toRequired(peaks: usize, reductions: usize, frameCount: i32, ceilingGain: f32): bool {
  const ceilings = f32x4.splat(ceilingGain), most = f32x4.splat(mostReduction), zero = f32x4.splat(0);
  let any = zero;
  for (let at: usize = 0, bytes = <usize>frameCount << 2; at < bytes; at += 16) {
    const peak = v128.load(peaks + at);
    const isOver = f32x4.gt(peak, ceilings);
    let reduction = zero;
    if (v128.any_true(isOver)) {
      reduction = v128.and(f32x4.min(log2(f32x4.div(peak, ceilings)), most), isOver);
      any = v128.or(any, reduction);
    }
    v128.store(reductions + at, reduction);
  }
  return !v128.any_true(any);
}

/** Writes what one group takes over: the largest share of any group's reduction. */
function link(self: LimiterGain, taking: i32, frameCount: i32, isIdle: bool): void {
  const row = self.rows + rowBytes * taking, bytes = <usize>frameCount << 2;
  memory.copy(row, self.unlinked + rowBytes * taking, bytes);
  if (isIdle) return;
  for (let giving = 0; giving < self.groupCount; giving++) {
    const share = load<f32>(self.links + (<usize>(taking * self.groupCount + giving) << 2));
    if (giving === taking || share === 0) continue;
    const shares = f32x4.splat(share), given = self.unlinked + rowBytes * giving;
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(row + at, f32x4.pmax(v128.load(row + at), f32x4.mul(shares, v128.load(given + at))));
    }
  }
}

/** Replaces required reductions of two rows by their curves. */
function processPair(self: LimiterGain, pair: Pair, row: usize, frameCount: i32): void {
  const factor = f64x2.splat(self.factor), charge = f64x2.splat(self.charge), discharge = f64x2.splat(self.discharge);
  const grid = f64x2.splat(self.grid), scale = f64x2.splat(1 / self.outputScale), least = f64x2.splat(leastReduction);
  const state = pair.state, boxBytes = self.boxBytes, boxSteps = pair.boxSteps, boxSums = pair.boxSums;
  let reduction = v128.load(state + reductionAt), follower = v128.load(state + followerAt);
  let sum = v128.load(state + sumAt), sums = v128.load(state + sumsAt), box = pair.boxOffset;
  let largest = f64x2.splat(0);
  for (let at = row, end = row + (<usize>frameCount << 2); at < end; at += 4) {
    const both = v128.load32_lane(at + rowBytes, v128.load32_zero(at), 1);
    const held = slidingMaximum(self, pair, f64x2.promote_low_f32x4(both));
    const rise = f64x2.sub(held, follower);
    const share = v128.bitselect(charge, discharge, f64x2.gt(rise, f64x2.splat(0)));
    follower = f64x2.add(follower, f64x2.mul(rise, share));
    const released = f64x2.add(follower, f64x2.mul(f64x2.sub(reduction, follower), factor));
    reduction = f64x2.pmax(held, released);
    const counts = f64x2.ge(reduction, least);
    reduction = v128.and(reduction, counts);
    follower = v128.and(follower, counts);
    largest = f64x2.pmax(largest, reduction);
    const step = f64x2.ceil(f64x2.mul(reduction, grid));
    sum = f64x2.add(sum, f64x2.sub(step, v128.load(boxSteps + box)));
    v128.store(boxSteps + box, step);
    sums = f64x2.add(sums, f64x2.sub(sum, v128.load(boxSums + box)));
    v128.store(boxSums + box, sum);
    box += 16;
    if (box === boxBytes) box = 0;
    const average = f32x4.demote_f64x2_zero(f64x2.mul(sums, scale));
    v128.store32_lane(at, average, 0);
    v128.store32_lane(at + rowBytes, average, 1);
  }
  v128.store(state + reductionAt, reduction);
  v128.store(state + followerAt, follower);
  v128.store(state + sumAt, sum);
  v128.store(state + sumsAt, sums);
  pair.boxOffset = box;
  // While the release goes on, windows and averages are not empty either.
  pair.busyFrames = v128.any_true(largest) ? busyFramesOf(self) : max(0, pair.busyFrames - frameCount);
}

/** Largest required reductions of the window. Van Herk's algorithm. */
// @ts-ignore: decorator
@inline
function slidingMaximum(self: LimiterGain, pair: Pair, required: v128): v128 {
  let offset = pair.blockOffset;
  v128.store(pair.block + offset, required);
  offset += 16;
  const prefix = f64x2.pmax(v128.load(pair.state + prefixAt), required);
  v128.store(pair.state + prefixAt, prefix);
  const maximum = f64x2.pmax(prefix, v128.load(pair.suffixMaxima + offset));
  pair.blockOffset = offset;
  if (offset === self.blockBytes) startBlock(self, pair);
  return maximum;
}

function startBlock(self: LimiterGain, pair: Pair): void {
  let suffix = f64x2.splat(0);
  for (let at = self.blockBytes; at > 0; at -= 16) {
    suffix = f64x2.pmax(suffix, v128.load(pair.block + at - 16));
    v128.store(pair.suffixMaxima + at - 16, suffix);
  }
  pair.blockOffset = 0;
  v128.store(pair.state + prefixAt, f64x2.splat(0));
}

/** Replaces reductions in octaves by gains. */
function toGains(row: usize, frameCount: i32): void {
  const one = f32x4.splat(1);
  for (let at = row, end = row + (<usize>frameCount << 2); at < end; at += 16) {
    const reduction = v128.load(at);
    v128.store(at, v128.any_true(reduction) ? exp2(f32x4.neg(reduction)) : one);
  }
}
