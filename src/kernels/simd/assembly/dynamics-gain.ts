import { allocate } from './memory';
import { loadFrame, storeFrame } from './row-frames';
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
}

/** Allocates gain computers. */
export function createDynamicsGain(rowCount: i32): usize {
  const self = changetype<DynamicsGain>(allocate(offsetof<DynamicsGain>()));
  self.groupCount = (rowCount + 3) >> 2;
  self.groups = allocate(groupBytes * self.groupCount);
  self.rows = allocate(4 * rowBytes);
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
  const inKnee = f32x4.min(v128.load(settings, 32), f32x4.max(zero, f32x4.add(beyond, half)));
  const bend = f32x4.mul(f32x4.mul(inKnee, inKnee), v128.load(settings, 48));
  const reduction = f32x4.mul(v128.load(settings, 64), f32x4.add(bend, f32x4.max(zero, f32x4.sub(beyond, half))));
  return f32x4.min(v128.load(settings, 96), reduction);
}

/** Moves the detectors of two rows on; their states lie 32 bytes apart. */
// @ts-ignore: decorator
@inline
function detect(settings: usize, states: usize, x: v128): v128 {
  const tiny = f64x2.splat(1e-9);
  const z = zeroBelow(f64x2.pmax(between(x, v128.load(states, 32), v128.load(settings, 64)), x), tiny);
  const old = v128.load(states, 64);
  const share = v128.bitselect(v128.load(settings, 96), v128.load(settings, 128), f64x2.gt(z, old));
  const f = zeroBelow(between(old, z, share), tiny);
  const m = f64x2.pmax(f, z);
  const y = f64x2.pmin(between(m, v128.load(states, 96), v128.load(settings, 32)), m);
  v128.store(states, z, 32);
  v128.store(states, f, 64);
  v128.store(states, y, 96);
  return y;
}

/** Turns the powers of a group of four rows into reductions in dB, in place. */
export function dynamicsRun(dynamics: usize, group: i32, frameCount: i32): void {
  const self = changetype<DynamicsGain>(dynamics);
  const singles = self.groups + groupBytes * group, doubles = singles + 112, states = singles + stateOffset;
  const least = f64x2.splat(1e-30);
  const end = self.rows + ((<usize>frameCount) << 2);
  for (let row = self.rows; row < end; row += 4) {
    const power = f32x4.pmin(f32x4.splat(1e16), f32x4.pmax(f32x4.splat(0), loadFrame(row, rowBytes)));
    const first = zeroBelow(between(v128.load(states), f64x2.promote_low_f32x4(power), v128.load(doubles)), least);
    const second = zeroBelow(
      between(v128.load(states, 16), f64x2.promote_low_f32x4(joinHigh(power, power)), v128.load(doubles, 16)),
      least,
    );
    v128.store(states, first);
    v128.store(states, second, 16);
    const mean = joinLow(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second));
    const x = wanted(singles, decibels(f32x4.max(mean, f32x4.splat(1e-16))));
    const y = detect(doubles, states, f64x2.promote_low_f32x4(x));
    const w = detect(doubles + 16, states + 16, f64x2.promote_low_f32x4(joinHigh(x, x)));
    storeFrame(row, rowBytes, joinLow(f32x4.demote_f64x2_zero(y), f32x4.demote_f64x2_zero(w)));
  }
}
