import { allocate } from './memory';

/** Frames of one run at most. */
const capacityFrames: i32 = 4096;

/** Where levels go and gains come out. */
export function createLevelRow(): usize {
  return allocate(capacityFrames << 2);
}

/** Frames that one run takes at most. */
export function levelCapacityFrames(): i32 {
  return capacityFrames;
}

/** 2^x of four numbers between -126 and 127: the whole part, and the series of what is left, half an octave at most. */
// @ts-ignore: decorator
@inline
function powerOfTwo(x: v128): v128 {
  const whole = f32x4.nearest(x);
  const t = f32x4.sub(x, whole);
  // ln(2)^k / k!
  let sum = f32x4.splat(1.52527338e-5);
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.54035304e-4));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1.33335581e-3));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(9.61812911e-3));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(5.55041087e-2));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(0.240226507));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(0.693147181));
  sum = f32x4.add(f32x4.mul(sum, t), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(sum, exponent);
}

/** Turns levels in dB into gains in place; `share` of them, the rest is 1. */
export function levelsToGains(row: usize, frameCount: i32, share: f32): void {
  const end = row + ((<usize>frameCount) << 2);
  for (let at = row; at < end; at += 16) {
    const level = f32x4.max(f32x4.splat(-700), f32x4.min(f32x4.splat(700), v128.load(at)));
    // log2(10) / 20
    const gain = powerOfTwo(f32x4.mul(level, f32x4.splat(0.166096405)));
    v128.store(at, f32x4.add(f32x4.splat(1 - share), f32x4.mul(f32x4.splat(share), gain)));
  }
}
