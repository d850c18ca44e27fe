/** Helpers over four float32 lanes. */

/** Bits of 1e-30 as float32: magnitudes compare like their bits. */
const tinyBits: i32 = 0x0da24260;

/**
 * Sets lanes below 1e-30 to zero, by integer comparison: WebAssembly cannot flush denormal numbers, and
 * arithmetic on them takes up to a hundred times as long.
 */
export function flushTiny(x: v128): v128 {
  const magnitudeBits = v128.and(x, i32x4.splat(0x7fffffff));
  return v128.and(x, i32x4.gt_s(magnitudeBits, i32x4.splat(tinyBits)));
}

/** Applies `flushTiny` to `count` floats in place, rounded up to a multiple of four. */
export function flushTinyArray(samples: usize, count: i32): void {
  const end = samples + ((<usize>count) << 2);
  for (let x = samples; x < end; x += 16) v128.store(x, flushTiny(v128.load(x)));
}

/** Mask whose first `count` lanes are set; 0 to 4. */
export function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** [a0 b0 a1 b1] */
export function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

/** [a2 b2 a3 b3] */
export function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

/** [a0 a1 b0 b1] */
export function joinLow(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 0, 2);
}

/** [a2 a3 b2 b3] */
export function joinHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 1, 3);
}

/** Sum of the four lanes, as (x0 + x2) + (x1 + x3). */
export function sumLanes(x: v128): f32 {
  const halves = f32x4.add(x, joinHigh(x, x));
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}

/** Largest lane. */
export function maxLane(x: v128): f32 {
  const halves = f32x4.pmax(x, joinHigh(x, x));
  return max(f32x4.extract_lane(halves, 0), f32x4.extract_lane(halves, 1));
}

/** Largest of `largest` and the magnitudes of `count` floats; NaN does not count. */
export function maxMagnitude(samples: usize, count: i32, largest: f32): f32 {
  const end = samples + ((<usize>count) << 2);
  let lanes = f32x4.splat(largest), x = samples;
  for (; x + 16 <= end; x += 16) lanes = f32x4.pmax(lanes, f32x4.abs(v128.load(x)));
  for (; x < end; x += 4) lanes = f32x4.pmax(lanes, f32x4.abs(v128.load32_splat(x)));
  return maxLane(lanes);
}

/** a b + c d */
// @ts-ignore: decorator
@inline
export function sumOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.mul(c, d));
}

/** a b - c d */
// @ts-ignore: decorator
@inline
export function differenceOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.sub(f32x4.mul(a, b), f32x4.mul(c, d));
}

/** Adds four floats to those at an address. */
// @ts-ignore: decorator
@inline
export function addTo(address: usize, x: v128): void {
  v128.store(address, f32x4.add(v128.load(address), x));
}
