import { flushTiny, interleaveHigh, interleaveLow, joinHigh, joinLow } from './vector';

/** Four channels, a row of float32 each: a frame at a time, or as a line of float64 frames, which filters run along. */

/** Bytes of a frame of a line: four channels in float64. */
export const quadBytes: usize = 32;

/** One frame of four rows; `row` lies in the first. */
// @ts-ignore: decorator
@inline
export function loadFrame(row: usize, rowBytes: usize): v128 {
  let x = v128.load32_zero(row);
  x = v128.load_lane<f32>(row + rowBytes, x, 1);
  x = v128.load_lane<f32>(row + 2 * rowBytes, x, 2);
  return v128.load_lane<f32>(row + 3 * rowBytes, x, 3);
}

/** Sets one frame of four rows. */
// @ts-ignore: decorator
@inline
export function storeFrame(row: usize, rowBytes: usize, x: v128): void {
  v128.store_lane<f32>(row, x, 0);
  v128.store_lane<f32>(row + rowBytes, x, 1);
  v128.store_lane<f32>(row + 2 * rowBytes, x, 2);
  v128.store_lane<f32>(row + 3 * rowBytes, x, 3);
}

/** Fills a line from four rows, tiny samples as zero; `frameCount` is rounded up to four, and `row` lies in the first. */
export function rowsToLine(row: usize, rowBytes: usize, line: usize, frameCount: i32): void {
  for (const end = line + quadBytes * frameCount; line < end; line += 4 * quadBytes, row += 16) {
    const a = flushTiny(v128.load(row)), b = flushTiny(v128.load(row + rowBytes));
    const c = flushTiny(v128.load(row + 2 * rowBytes)), d = flushTiny(v128.load(row + 3 * rowBytes));
    storePairs(line, interleaveLow(a, b)), storePairs(line + 2 * quadBytes, interleaveHigh(a, b));
    storePairs(line + 16, interleaveLow(c, d)), storePairs(line + 2 * quadBytes + 16, interleaveHigh(c, d));
  }
}

/** Fills four rows from a line; `frameCount` is rounded up to four. */
export function lineToRows(line: usize, row: usize, rowBytes: usize, frameCount: i32): void {
  for (const end = line + quadBytes * frameCount; line < end; line += 4 * quadBytes, row += 16) {
    const a = loadPairs(line), b = loadPairs(line + 2 * quadBytes);
    const c = loadPairs(line + 16), d = loadPairs(line + 2 * quadBytes + 16);
    v128.store(row, v128.shuffle<i32>(a, b, 0, 2, 4, 6));
    v128.store(row + rowBytes, v128.shuffle<i32>(a, b, 1, 3, 5, 7));
    v128.store(row + 2 * rowBytes, v128.shuffle<i32>(c, d, 0, 2, 4, 6));
    v128.store(row + 3 * rowBytes, v128.shuffle<i32>(c, d, 1, 3, 5, 7));
  }
}

/** Frames [frame][4] of float32 from four rows; `frameCount` is rounded up to four, and `row` lies in the first. */
export function rowsToFrames(row: usize, rowBytes: usize, frames: usize, frameCount: i32): void {
  for (const end = frames + (<usize>frameCount << 4); frames < end; frames += 64, row += 16) {
    const a = v128.load(row), b = v128.load(row + rowBytes);
    const c = v128.load(row + 2 * rowBytes), d = v128.load(row + 3 * rowBytes);
    storeTransposed(a, b, c, d, frames, 16);
  }
}

/** Four rows from frames [frame][4]; `frameCount` is rounded up to four. */
export function framesToRows(frames: usize, row: usize, rowBytes: usize, frameCount: i32): void {
  for (const end = frames + (<usize>frameCount << 4); frames < end; frames += 64, row += 16) {
    const a = v128.load(frames), b = v128.load(frames, 16), c = v128.load(frames, 32), d = v128.load(frames, 48);
    storeTransposed(a, b, c, d, row, rowBytes);
  }
}

/** Stores the columns of four vectors, `stride` bytes apart. */
// @ts-ignore: decorator
@inline
function storeTransposed(a: v128, b: v128, c: v128, d: v128, to: usize, stride: usize): void {
  const lowAb = interleaveLow(a, b), highAb = interleaveHigh(a, b);
  const lowCd = interleaveLow(c, d), highCd = interleaveHigh(c, d);
  v128.store(to, joinLow(lowAb, lowCd));
  v128.store(to + stride, joinHigh(lowAb, lowCd));
  v128.store(to + 2 * stride, joinLow(highAb, highCd));
  v128.store(to + 3 * stride, joinHigh(highAb, highCd));
}

/** Sets two channels of two frames of a line. */
// @ts-ignore: decorator
@inline
function storePairs(line: usize, pairs: v128): void {
  v128.store(line, f64x2.promote_low_f32x4(pairs));
  v128.store(line, f64x2.promote_low_f32x4(joinHigh(pairs, pairs)), quadBytes);
}

/** Two channels of two frames of a line. */
// @ts-ignore: decorator
@inline
function loadPairs(line: usize): v128 {
  return joinLow(f32x4.demote_f64x2_zero(v128.load(line)), f32x4.demote_f64x2_zero(v128.load(line, quadBytes)));
}
