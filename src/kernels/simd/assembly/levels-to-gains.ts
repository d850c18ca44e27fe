import { allocate } from './memory';
import { exp2 } from './octaves';

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

/** Turns levels in dB into gains in place; `share` of them, the rest is 1. */
export function levelsToGains(row: usize, frameCount: i32, share: f32): void {
  const end = row + ((<usize>frameCount) << 2);
  for (let at = row; at < end; at += 16) {
    const level = f32x4.pmax(f32x4.pmin(v128.load(at), f32x4.splat(700)), f32x4.splat(-700));
    // log2(10) / 20
    const gain = exp2(f32x4.mul(level, f32x4.splat(0.166096405)));
    v128.store(at, f32x4.add(f32x4.splat(1 - share), f32x4.mul(f32x4.splat(share), gain)));
  }
}
