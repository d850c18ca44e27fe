/** Logarithms and powers to base 2 of four float32 lanes. */

/** 2 / ln 2: log2 of m is that times artanh((m - 1) / (m + 1)). */
const scale: f32 = 2.8853900817779268;

/** 1.5 * 2^23: sums with it have no bits behind the point. */
const wholes: f32 = 12582912;

/** log2 of positive normal numbers, within 2e-7 of the larger of 1 and the result; +Infinity gives 128 or more. */
export function log2(x: v128): v128 {
  // The exponent is taken so that the mantissa lies between the roots of 1/2 and of 2.
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(bits, 23);
  const m = i32x4.sub(x, i32x4.shl(exponent, 23));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const s2 = f32x4.mul(s, s);
  let series = f32x4.splat(1.0 / 9);
  series = f32x4.add(f32x4.mul(series, s2), f32x4.splat(1.0 / 7));
  series = f32x4.add(f32x4.mul(series, s2), f32x4.splat(1.0 / 5));
  series = f32x4.add(f32x4.mul(series, s2), f32x4.splat(1.0 / 3));
  series = f32x4.add(f32x4.mul(series, s2), one);
  const fraction = f32x4.mul(f32x4.mul(s, f32x4.splat(scale)), series);
  return f32x4.add(f32x4.convert_i32x4_s(exponent), fraction);
}

/** 2^x for -125 <= x <= 125, within 2e-7 of the result; exactly 1 for 0. */
export function exp2(x: v128): v128 {
  // The sum is rounded to whole numbers, which stand in its last bits.
  const sum = f32x4.add(x, f32x4.splat(wholes));
  const f = f32x4.sub(x, f32x4.sub(sum, f32x4.splat(wholes)));
  // Powers of ln 2 over factorials.
  let series = f32x4.splat(1.5252733804059841e-5);
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(1.5403530393381609e-4));
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(1.3333558146428443e-3));
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(9.618129107628477e-3));
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(5.550410866482158e-2));
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(0.2402265069591007));
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(0.6931471805599453));
  series = f32x4.add(f32x4.mul(series, f), f32x4.splat(1));
  return i32x4.add(series, i32x4.shl(sum, 23));
}
