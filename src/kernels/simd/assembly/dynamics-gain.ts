import { allocate } from './memory';
import { framesToRows, rowsToFrames } from './row-frames';
import { joinHigh, joinLow } from './vector';

/** Frames of one run at most. */
const capacityFrames: i32 = 1024;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;
/** Of four rows: 7 float32 and 5 float64 settings, then 4 float64 states. */
const stateOffset: usize = 7 * 16 + 5 * 32;
const groupBytes: usize = stateOffset + 4 * 32;

/** State of all rows. The detectors are recursive: lanes are rows. */
@unmanaged
class DynamicsGain {
  groupCount: i32;
  /** [group of four rows][setting or state][4] */
  groups: usize;
  /** [lane][frame], float32. */
  rows: usize;
  /** [frame][lane], float32. */
  frames: usize;
}

/** Allocates gain computers. */
export function createDynamicsGain(rowCount: i32): usize {
  const self = changetype<DynamicsGain>(allocate(offsetof<DynamicsGain>()));
  self.groupCount = (rowCount + 3) >> 2;
  self.groups = allocate(groupBytes * self.groupCount);
  self.rows = allocate(4 * rowBytes);
  self.frames = allocate(<usize>capacityFrames << 4);
  return changetype<usize>(self);
}

/** Frames that one run takes at most. */
export function dynamicsCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where the powers of one lane go, and its reductions come out. */
export function dynamicsRow(dynamics: usize, lane: i32): usize {
  return changetype<DynamicsGain>(dynamics).rows + rowBytes * lane;
}

/**
 * Where the settings of a group lie: float32 [7][4] threshold, half the knee, knee, its scale, slope, sign, range; then
 * float64 [5][4] share of the mean, attack, release, charge, discharge.
 */
export function dynamicsGroup(dynamics: usize, group: i32): usize {
  return changetype<DynamicsGain>(dynamics).groups + groupBytes * group;
}

/** Forgets all levels. */
export function dynamicsReset(dynamics: usize): void {
  const self = changetype<DynamicsGain>(dynamics);
  for (let i = 0; i < self.groupCount; i++) memory.fill(self.groups + groupBytes * i + stateOffset, 0, groupBytes - stateOffset);
}

/** Zeroes lanes that are not above a bound. */
// @ts-ignore: decorator
@inline
function zeroBelow(x: v128, bound: v128): v128 {
  return v128.and(x, f64x2.gt(x, bound));
}

/** x + (y - x) share */
// @ts-ignore: decorator
@inline
function between(x: v128, y: v128, share: v128): v128 {
  return f64x2.add(x, f64x2.mul(f64x2.sub(y, x), share));
}

/** 10 log10 of four positive normal numbers: exponent, and the series of atanh of the mantissa around 1. */
// @ts-ignore: decorator
@inline
function decibels(power: v128): v128 {
  // Mantissas lie between the root of a half and that of two.
  const shifted = i32x4.sub(power, i32x4.splat(0x3f3504f3));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const t = f32x4.mul(s, s);
  // 20 log10(e) / (2 k + 1)
  let sum = f32x4.splat(0.96509877);
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.24084127));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.73717779));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(2.89529631));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(8.68588964));
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(3.01029996)), f32x4.mul(s, sum));
}

/** The static curve of four rows. */
// @ts-ignore: decorator
@inline
function wanted(settings: usize, level: v128): v128 {
  const zero = f32x4.splat(0);
  const beyond = f32x4.mul(f32x4.sub(level, v128.load(settings)), v128.load(settings, 80));
  const half = v128.load(settings, 16);
  const inKnee = f32x4.pmin(v128.load(settings, 32), f32x4.pmax(zero, f32x4.add(beyond, half)));
  const bend = f32x4.mul(f32x4.mul(inKnee, inKnee), v128.load(settings, 48));
  const reduction = f32x4.mul(v128.load(settings, 64), f32x4.add(bend, f32x4.pmax(zero, f32x4.sub(beyond, half))));
  return f32x4.pmin(v128.load(settings, 96), reduction);
}

/** Turns the powers of a group of four rows into reductions in dB, in place. */
export function dynamicsRun(dynamics: usize, group: i32, frameCount: i32): void {
  const self = changetype<DynamicsGain>(dynamics);
  const singles = self.groups + groupBytes * group, doubles = singles + 112, states = singles + stateOffset;
  const end = self.frames + ((<usize>frameCount) << 4);
  rowsToFrames(self.rows, rowBytes, self.frames, frameCount);
  want(singles, doubles, states, self.frames, end);
  detect(doubles, states, self.frames, end);
  framesToRows(self.frames, self.rows, rowBytes, frameCount);
}

/** Replaces powers by the reductions that their means want. */
function want(singles: usize, doubles: usize, states: usize, frames: usize, end: usize): void {
  const least = f64x2.splat(1e-30);
  const share = v128.load(doubles), otherShare = v128.load(doubles, 16);
  let mean = v128.load(states), otherMean = v128.load(states, 16);
  for (let at = frames; at < end; at += 16) {
    const power = f32x4.pmin(f32x4.splat(1e16), f32x4.pmax(f32x4.splat(0), v128.load(at)));
    mean = zeroBelow(between(mean, f64x2.promote_low_f32x4(power), share), least);
    otherMean = zeroBelow(between(otherMean, f64x2.promote_low_f32x4(joinHigh(power, power)), otherShare), least);
    const means = joinLow(f32x4.demote_f64x2_zero(mean), f32x4.demote_f64x2_zero(otherMean));
    v128.store(at, wanted(singles, decibels(f32x4.pmax(means, f32x4.splat(1e-16)))));
  }
  v128.store(states, mean);
  v128.store(states, otherMean, 16);
}

/** Replaces reductions that are wanted by those of the detectors: two pairs of rows side by side, whose latencies overlap. */
function detect(settings: usize, states: usize, frames: usize, end: usize): void {
  const tiny = f64x2.splat(1e-9);
  let z = v128.load(states, 32), f = v128.load(states, 64), y = v128.load(states, 96);
  let otherZ = v128.load(states, 48), otherF = v128.load(states, 80), otherY = v128.load(states, 112);
  for (let at = frames; at < end; at += 16) {
    const wanted = v128.load(at);
    const x = f64x2.promote_low_f32x4(wanted), otherX = f64x2.promote_low_f32x4(joinHigh(wanted, wanted));
    z = released(settings, x, z, tiny), otherZ = released(settings + 16, otherX, otherZ, tiny);
    f = followed(settings, z, f, tiny), otherF = followed(settings + 16, otherZ, otherF, tiny);
    y = attacked(settings, f64x2.pmax(f, z), y), otherY = attacked(settings + 16, f64x2.pmax(otherF, otherZ), otherY);
    v128.store(at, joinLow(f32x4.demote_f64x2_zero(y), f32x4.demote_f64x2_zero(otherY)));
  }
  v128.store(states, z, 32), v128.store(states, f, 64), v128.store(states, y, 96);
  v128.store(states, otherZ, 48), v128.store(states, otherF, 80), v128.store(states, otherY, 112);
}

// @ts-ignore: decorator
@inline
function released(settings: usize, x: v128, z: v128, tiny: v128): v128 {
  return zeroBelow(f64x2.pmax(between(x, z, v128.load(settings, 64)), x), tiny);
}

// @ts-ignore: decorator
@inline
function followed(settings: usize, z: v128, f: v128, tiny: v128): v128 {
  const share = v128.bitselect(v128.load(settings, 96), v128.load(settings, 128), f64x2.gt(z, f));
  return zeroBelow(between(f, z, share), tiny);
}

// @ts-ignore: decorator
@inline
function attacked(settings: usize, m: v128, y: v128): v128 {
  return f64x2.pmin(between(m, y, v128.load(settings, 32)), m);
}
