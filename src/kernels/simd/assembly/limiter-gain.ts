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
  /** Whether a group requires nothing in this call, and whether its gains are all 1 [group], bytes. */
  requiresNothing: usize;
  isUnity: usize;
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
  self.requiresNothing = allocate(groupCount);
  self.isUnity = allocate(groupCount);
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
    memory.fill(pair.block, 0, self.blockBytes);
    memory.fill(pair.suffixMaxima, 0, self.blockBytes + 16);
    memory.fill(pair.boxSteps, 0, self.boxBytes);
    memory.fill(pair.boxSums, 0, self.boxBytes);
    memory.fill(pair.state, 0, stateBytes);
    pair.blockOffset = 0;
    pair.boxOffset = 0;
    pair.busyFrames = 0;
  }
}

/** Takes the first peaks of a group's row. */
export function limiterRequire(limiter: usize, group: i32, frameCount: i32): void {
  const self = changetype<LimiterGain>(limiter);
  const isZero = toRequired(self.rows + rowBytes * group, requiredRow(self, group), frameCount, self.ceilingGain);
  store<bool>(self.requiresNothing + group, isZero);
}

/** Lets a group require nothing, whatever its row holds. */
export function limiterRequireNothing(limiter: usize, group: i32): void {
  store<bool>(changetype<LimiterGain>(limiter).requiresNothing + group, true);
}

/** Whether all gains of a group in the last call are 1; they were not written then. */
export function limiterIsUnity(limiter: usize, group: i32): bool {
  return load<bool>(changetype<LimiterGain>(limiter).isUnity + group);
}

/** Replaces what the groups require by gains, as the scalar twin does step by step. */
export function limiterProcess(limiter: usize, frameCount: i32): void {
  const self = changetype<LimiterGain>(limiter);
  let isIdle = true;
  if (self.hasLinks) {
    for (let group = 0; group < self.groupCount; group++) isIdle = isIdle && load<bool>(self.requiresNothing + group);
    if (!isIdle) {
      for (let group = 0; group < self.groupCount; group++) clearRequired(self, group, frameCount);
      for (let group = 0; group < self.groupCount; group++) link(self, group, frameCount);
    }
  }
  for (let first = 0; first < self.groupCount; first += 2) {
    const pair = pairAt(self, first >> 1);
    const row = self.rows + rowBytes * first, end = min(first + 2, self.groupCount);
    if (!self.hasLinks) {
      isIdle = true;
      for (let group = first; group < end; group++) isIdle = isIdle && load<bool>(self.requiresNothing + group);
    }
    if (!isIdle) pair.busyFrames = busyFramesOf(self) + frameCount;
    const isBusy = pair.busyFrames > 0;
    if (!isBusy) skip(self, pair, frameCount);
    else {
      if (isIdle) memory.fill(row, 0, (<usize>frameCount << 2)), memory.fill(row + rowBytes, 0, <usize>frameCount << 2);
      else if (!self.hasLinks) for (let group = first; group < end; group++) clearRequired(self, group, frameCount);
      processPair(self, pair, row, frameCount);
    }
    // Where groups are odd, the last row stays zero.
    for (let group = first; group < end; group++) {
      const isUnity = !isBusy || toGains(self.rows + rowBytes * group, frameCount);
      store<bool>(self.isUnity + group, isUnity);
    }
  }
}

/** Where a group's required reductions lie before they are linked. */
// @ts-ignore: decorator
@inline
function requiredRow(self: LimiterGain, group: i32): usize {
  return (self.hasLinks ? self.unlinked : self.rows) + rowBytes * group;
}

/** Zeroes the required reductions of a group that requires nothing. */
function clearRequired(self: LimiterGain, group: i32, frameCount: i32): void {
  if (load<bool>(self.requiresNothing + group)) memory.fill(requiredRow(self, group), 0, <usize>frameCount << 2);
}

/** More frames than averages and windows remember of what came before. */
function busyFramesOf(self: LimiterGain): i32 {
  return <i32>((3 * self.blockBytes + 2 * self.boxBytes) >> 4);
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
function link(self: LimiterGain, taking: i32, frameCount: i32): void {
  const row = self.rows + rowBytes * taking, bytes = <usize>frameCount << 2;
  memory.copy(row, self.unlinked + rowBytes * taking, bytes);
  for (let giving = 0; giving < self.groupCount; giving++) {
    const share = load<f32>(self.links + (<usize>(taking * self.groupCount + giving) << 2));
    if (giving === taking || share === 0) continue;
    const shares = f32x4.splat(share), given = self.unlinked + rowBytes * giving;
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(row + at, f32x4.pmax(v128.load(row + at), f32x4.mul(shares, v128.load(given + at))));
    }
  }
}

/** Replaces required reductions of two rows by their curves: stretch after stretch, none of which meets the end of a ring. */
function processPair(self: LimiterGain, pair: Pair, row: usize, frameCount: i32): void {
  const wasReduced = v128.any_true(v128.load(pair.state + reductionAt));
  const end = row + (<usize>frameCount << 2);
  for (let at = row; at < end; ) {
    const toBlockEnd = (self.blockBytes - pair.blockOffset) >> 2, toBoxEnd = (self.boxBytes - pair.boxOffset) >> 2;
    const stretchEnd = min(end, at + min(toBlockEnd, toBoxEnd));
    processStretch(self, pair, at, stretchEnd);
    at = stretchEnd;
    if (pair.boxOffset === self.boxBytes) pair.boxOffset = 0;
    if (pair.blockOffset === self.blockBytes) startBlock(self, pair);
  }
  // While the release goes on, windows and averages are not empty either.
  const isReduced = wasReduced || v128.any_true(v128.load(pair.state + reductionAt));
  pair.busyFrames = isReduced ? busyFramesOf(self) + frameCount : max(0, pair.busyFrames - frameCount);
}

/** The law of the scalar twin, its products regrouped so that each state waits for one product, sum and maximum. */
function processStretch(self: LimiterGain, pair: Pair, from: usize, to: usize): void {
  const one = f64x2.splat(1);
  const factor = f64x2.splat(self.factor), charge = f64x2.splat(self.charge), discharge = f64x2.splat(self.discharge);
  const restFactor = f64x2.sub(one, factor);
  const restCharge = f64x2.sub(one, charge), restDischarge = f64x2.sub(one, discharge);
  const grid = f64x2.splat(self.grid), scale = f64x2.splat(1 / self.outputScale);
  const state = pair.state;
  let prefix = v128.load(state + prefixAt);
  let reduction = v128.load(state + reductionAt), follower = v128.load(state + followerAt);
  let sum = v128.load(state + sumAt), sums = v128.load(state + sumsAt);
  let block = pair.block + pair.blockOffset, suffix = pair.suffixMaxima + pair.blockOffset;
  let steps = pair.boxSteps + pair.boxOffset, oldSums = pair.boxSums + pair.boxOffset;
  for (let at = from; at < to; at += 4) {
    // Van Herk's sliding maximum.
    const required = f64x2.promote_low_f32x4(v128.load32_lane(at + rowBytes, v128.load32_zero(at), 1));
    v128.store(block, required);
    block += 16;
    suffix += 16;
    prefix = f64x2.pmax(prefix, required);
    const held = f64x2.pmax(prefix, v128.load(suffix));
    // The larger of both ways is the right one, as charging is the quicker.
    follower = f64x2.pmax(
      f64x2.add(f64x2.mul(held, charge), f64x2.mul(follower, restCharge)),
      f64x2.add(f64x2.mul(held, discharge), f64x2.mul(follower, restDischarge)),
    );
    const released = f64x2.add(f64x2.mul(follower, restFactor), f64x2.mul(reduction, factor));
    reduction = f64x2.pmax(held, released);
    const step = f64x2.ceil(f64x2.mul(reduction, grid));
    sum = f64x2.add(sum, f64x2.sub(step, v128.load(steps)));
    v128.store(steps, step);
    steps += 16;
    sums = f64x2.add(sums, f64x2.sub(sum, v128.load(oldSums)));
    v128.store(oldSums, sum);
    oldSums += 16;
    const average = f32x4.demote_f64x2_zero(f64x2.mul(sums, scale));
    v128.store32_lane(at, average, 0);
    v128.store32_lane(at + rowBytes, average, 1);
  }
  v128.store(state + prefixAt, prefix);
  v128.store(state + reductionAt, reduction);
  v128.store(state + followerAt, follower);
  v128.store(state + sumAt, sum);
  v128.store(state + sumsAt, sums);
  pair.blockOffset = block - pair.block;
  pair.boxOffset = steps - pair.boxSteps;
}

/** Readies the sliding maximum for its next block, and ends what has shrunk to nothing. */
function startBlock(self: LimiterGain, pair: Pair): void {
  let suffix = f64x2.splat(0);
  for (let at = self.blockBytes; at > 0; at -= 16) {
    suffix = f64x2.pmax(suffix, v128.load(pair.block + at - 16));
    v128.store(pair.suffixMaxima + at - 16, suffix);
  }
  pair.blockOffset = 0;
  v128.store(pair.state + prefixAt, f64x2.splat(0));
  const reduction = v128.load(pair.state + reductionAt);
  const counts = f64x2.ge(reduction, f64x2.splat(leastReduction));
  v128.store(pair.state + reductionAt, v128.and(reduction, counts));
  v128.store(pair.state + followerAt, v128.and(v128.load(pair.state + followerAt), counts));
}

/** Moves on by frames in which nothing is required and nothing remembered: blocks count from the first frame of all. */
function skip(self: LimiterGain, pair: Pair, frameCount: i32): void {
  pair.blockOffset = (pair.blockOffset + (<usize>frameCount << 4)) % self.blockBytes;
}

/** Replaces reductions in octaves by gains. @returns whether they are none */
function toGains(row: usize, frameCount: i32): bool {
  const one = f32x4.splat(1);
  let isUnity = true;
  for (let at = row, end = row + (<usize>frameCount << 2); at < end; at += 16) {
    const reduction = v128.load(at);
    const isReduced = v128.any_true(reduction);
    v128.store(at, isReduced ? exp2(f32x4.neg(reduction)) : one);
    isUnity = isUnity && !isReduced;
  }
  return isUnity;
}
