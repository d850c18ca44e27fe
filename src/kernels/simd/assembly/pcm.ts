import { allocate } from './memory';
import { interleaveHigh, interleaveLow, joinHigh, joinLow } from './vector';

/** Numbers of the formats; the TypeScript side uses the same. */
const int16: i32 = 0;
const int24: i32 = 1;
const int32: i32 = 2;
const float32: i32 = 3;
/** Added to a number for the big-endian form of its format. */
const big: i32 = 4;

/** Samples of one call at most, over all channels. */
const capacitySamples: i32 = 16384;

/** Interleaved bytes and planar samples of one call; made by the first `pcmBytes`. */
let bytes: usize = 0;
let planes: usize = 0;

/** Samples over all channels that one call takes at most. */
export function pcmCapacitySamples(): i32 {
  return capacitySamples;
}

/** Where interleaved samples lie; allocated by the first call. */
export function pcmBytes(): usize {
  if (bytes === 0) bytes = allocate(<usize>capacitySamples << 2);
  return bytes;
}

/**
 * Where planar samples lie, float32 [channel][frame, rounded up to a multiple of four]; allocated by the first
 * call, with room for four channels of padding.
 */
export function pcmPlanes(): usize {
  if (planes === 0) planes = allocate((<usize>capacitySamples << 2) * 5);
  return planes;
}

/** Bytes from one channel's plane to the next. */
function planeBytes(frameCount: i32): usize {
  return <usize>((frameCount + 3) & ~3) << 2;
}

/** Interleaved to planar. */
export function decodePcm(format: i32, channelCount: i32, frameCount: i32): void {
  if (format === int16) decode(int16, 2, channelCount, frameCount);
  else if (format === int24) decode(int24, 3, channelCount, frameCount);
  else if (format === int32) decode(int32, 4, channelCount, frameCount);
  else if (format === float32) decode(float32, 4, channelCount, frameCount);
  else if (format === int16 + big) decode(int16 + big, 2, channelCount, frameCount);
  else if (format === int24 + big) decode(int24 + big, 3, channelCount, frameCount);
  else if (format === int32 + big) decode(int32 + big, 4, channelCount, frameCount);
  else decode(float32 + big, 4, channelCount, frameCount);
}

/** Planar to interleaved. */
export function encodePcm(format: i32, channelCount: i32, frameCount: i32): void {
  if (format === int16) encode(int16, 2, channelCount, frameCount);
  else if (format === int24) encode(int24, 3, channelCount, frameCount);
  else if (format === int32) encode(int32, 4, channelCount, frameCount);
  else if (format === float32) encode(float32, 4, channelCount, frameCount);
  else if (format === int16 + big) encode(int16 + big, 2, channelCount, frameCount);
  else if (format === int24 + big) encode(int24 + big, 3, channelCount, frameCount);
  else if (format === int32 + big) encode(int32 + big, 4, channelCount, frameCount);
  else encode(float32 + big, 4, channelCount, frameCount);
}

/** The four bytes of each lane turned around. */
// @ts-ignore: decorator
@inline
function reverseLanes(lanes: v128): v128 {
  return v128.shuffle<i8>(lanes, lanes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Four samples in a row as float. */
// @ts-ignore: decorator
@inline
function loadSamples(format: i32, at: usize): v128 {
  if (format === float32) return v128.load(at);
  if (format === float32 + big) return reverseLanes(v128.load(at));
  if (format === int16) {
    return f32x4.mul(f32x4.convert_i32x4_s(v128.load_ext<i16>(at)), f32x4.splat(1.0 / 32768));
  }
  // Samples come to lie in the upper bytes of each lane; index 16 is a byte of zero.
  const none = i32x4.splat(0);
  let samples: v128;
  if (format === int16 + big) {
    const pairs = v128.load64_zero(at);
    samples = v128.shuffle<i8>(pairs, none, 16, 16, 1, 0, 16, 16, 3, 2, 16, 16, 5, 4, 16, 16, 7, 6);
  } else {
    samples = v128.load(at);
    if (format === int24) {
      samples = v128.shuffle<i8>(samples, none, 16, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11);
    } else if (format === int24 + big) {
      samples = v128.shuffle<i8>(samples, none, 16, 2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9);
    } else if (format === int32 + big) {
      samples = reverseLanes(samples);
    }
  }
  return f32x4.mul(f32x4.convert_i32x4_s(samples), f32x4.splat(1.0 / 2147483648));
}

/** Four samples in a row from float: rounded to nearest even, clipped, NaN as 0; writes nothing behind them. */
// @ts-ignore: decorator
@inline
function storeSamples(format: i32, at: usize, samples: v128): void {
  if (format === float32) {
    v128.store(at, samples);
  } else if (format === float32 + big) {
    v128.store(at, reverseLanes(samples));
  } else if (format === int32) {
    v128.store(at, quantize(samples, 2147483648));
  } else if (format === int32 + big) {
    v128.store(at, reverseLanes(quantize(samples, 2147483648)));
  } else if (format === int16 || format === int16 + big) {
    const codes = quantize(samples, 32768);
    let packed = i16x8.narrow_i32x4_s(codes, codes);
    if (format === int16 + big) {
      packed = v128.shuffle<i8>(packed, packed, 1, 0, 3, 2, 5, 4, 7, 6, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    v128.store64_lane(at, packed, 0);
  } else {
    // In this order of arguments NaN passes both bounds.
    const clipped = f32x4.pmin(f32x4.pmax(samples, f32x4.splat(-1)), f32x4.splat(1.0 - 1.0 / 8388608));
    const codes = quantize(clipped, 8388608);
    let packed: v128;
    if (format === int24) {
      packed = v128.shuffle<i8>(codes, codes, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
    } else {
      packed = v128.shuffle<i8>(codes, codes, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 0, 0, 0, 0);
    }
    v128.store64_lane(at, packed, 0);
    v128.store32_lane(at, packed, 2, 8);
  }
}

/** Integers nearest to samples times full scale, halves to even, saturated to 32 bits. */
// @ts-ignore: decorator
@inline
function quantize(samples: v128, fullScale: f32): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(samples, f32x4.splat(fullScale))));
}

/**
 * Four frames by four channels at a time. With fewer than four channels the lanes behind the last belong to the
 * next frame and are not stored; the last group of more than four overlaps the one before.
 */
// @ts-ignore: decorator
@inline
function decode(format: i32, sampleBytes: i32, channelCount: i32, frameCount: i32): void {
  const frameBytes = <usize>(channelCount * sampleBytes);
  const plane = planeBytes(frameCount);
  if (channelCount === 1) {
    for (let i: usize = 0; i < plane; i += 16) {
      v128.store(planes + i, loadSamples(format, bytes + (i >> 2) * sampleBytes));
    }
    return;
  }
  for (let group = 0; group < channelCount; group += 4) {
    const channel = max(0, min(group, channelCount - 4));
    let from = bytes + <usize>(channel * sampleBytes);
    const to = planes + plane * channel;
    for (let i: usize = 0; i < plane; i += 16, from += 4 * frameBytes) {
      const a = loadSamples(format, from), b = loadSamples(format, from + frameBytes);
      const c = loadSamples(format, from + 2 * frameBytes), d = loadSamples(format, from + 3 * frameBytes);
      const ab = interleaveLow(a, b), cd = interleaveLow(c, d);
      v128.store(to + i, joinLow(ab, cd));
      v128.store(to + i + plane, joinHigh(ab, cd));
      if (channelCount === 2) continue;
      const ab2 = interleaveHigh(a, b), cd2 = interleaveHigh(c, d);
      v128.store(to + i + 2 * plane, joinLow(ab2, cd2));
      v128.store(to + i + 3 * plane, joinHigh(ab2, cd2));
    }
  }
}

/** As `decode`. With fewer than four channels each frame overwrites what the frame before wrote behind its end. */
// @ts-ignore: decorator
@inline
function encode(format: i32, sampleBytes: i32, channelCount: i32, frameCount: i32): void {
  const frameBytes = <usize>(channelCount * sampleBytes);
  const plane = planeBytes(frameCount);
  if (channelCount === 1) {
    for (let i: usize = 0; i < plane; i += 16) {
      storeSamples(format, bytes + (i >> 2) * sampleBytes, v128.load(planes + i));
    }
    return;
  }
  let to = bytes;
  for (let i: usize = 0; i < plane; i += 16, to += 4 * frameBytes) {
    for (let group = 0; group < channelCount; group += 4) {
      const channel = max(0, min(group, channelCount - 4));
      const from = planes + plane * channel + i;
      const at = to + <usize>(channel * sampleBytes);
      const a = v128.load(from), b = v128.load(from + plane);
      const c = v128.load(from + 2 * plane), d = v128.load(from + 3 * plane);
      const ab = interleaveLow(a, b), cd = interleaveLow(c, d);
      const ab2 = interleaveHigh(a, b), cd2 = interleaveHigh(c, d);
      storeSamples(format, at, joinLow(ab, cd));
      storeSamples(format, at + frameBytes, joinHigh(ab, cd));
      storeSamples(format, at + 2 * frameBytes, joinLow(ab2, cd2));
      storeSamples(format, at + 3 * frameBytes, joinHigh(ab2, cd2));
    }
  }
}
