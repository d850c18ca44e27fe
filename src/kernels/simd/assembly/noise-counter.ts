/** The noise of quantisers; see `noise-counter.ts` of the kernels. */

export const counterStep: i32 = 0x6d2b79f5;

/** Hashes four states of the counter. */
// @ts-ignore: decorator
@inline
export function hashCounter(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
