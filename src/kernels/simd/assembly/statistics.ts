import { allocate } from './memory';
import { flushTinyArray } from './vector';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;

/** State of one kernel. */
@unmanaged
class Statistics {
  channelCount: i32;
  /** [channel][frame], float32. */
  inputs: usize;
  /** [channel][sum, sum of squares, lowest, highest], float64. */
  results: usize;
}

/** Allocates a kernel. */
export function createStatistics(channelCount: i32): usize {
  const self = changetype<Statistics>(allocate(offsetof<Statistics>()));
  self.channelCount = channelCount;
  self.inputs = allocate(rowBytes * channelCount);
  self.results = allocate(<usize>channelCount << 5);
  return changetype<usize>(self);
}

/** Frames that one call takes at most. */
export function statisticsCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where the frames of a channel go. */
export function statisticsInput(statistics: usize, channel: i32): usize {
  return changetype<Statistics>(statistics).inputs + rowBytes * channel;
}

/** The figures of all channels. */
export function statisticsResults(statistics: usize): usize {
  return changetype<Statistics>(statistics).results;
}

/** Begins a stretch. */
export function statisticsStart(statistics: usize): void {
  const self = changetype<Statistics>(statistics);
  for (let channel = 0; channel < self.channelCount; channel++) {
    const result = self.results + (<usize>channel << 5);
    store<f64>(result, 0), store<f64>(result, 0, 8);
    store<f64>(result, Infinity, 16), store<f64>(result, -Infinity, 24);
  }
}

/** Adds the first frames of a channel's row to its figures. */
export function statisticsAdd(statistics: usize, channel: i32, frameCount: i32): void {
  const self = changetype<Statistics>(statistics);
  const row = statisticsInput(statistics, channel);
  flushTinyArray(row, frameCount);
  const result = self.results + (<usize>channel << 5);
  let sumA = f64x2.splat(0), sumB = sumA, squaresA = sumA, squaresB = sumA;
  let lowest = f32x4.splat(<f32>load<f64>(result, 16)), highest = f32x4.splat(<f32>load<f64>(result, 24));
  let at = row;
  for (const end = row + (<usize>(frameCount & ~3) << 2); at < end; at += 16) {
    const x = v128.load(at);
    const a = f64x2.promote_low_f32x4(x);
    const b = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
    sumA = f64x2.add(sumA, a), sumB = f64x2.add(sumB, b);
    squaresA = f64x2.add(squaresA, f64x2.mul(a, a)), squaresB = f64x2.add(squaresB, f64x2.mul(b, b));
    // In this order of arguments NaN is left out.
    lowest = f32x4.pmin(lowest, x), highest = f32x4.pmax(highest, x);
  }
  let sum = sumLanes(f64x2.add(sumA, sumB)), squares = sumLanes(f64x2.add(squaresA, squaresB));
  for (const end = row + (<usize>frameCount << 2); at < end; at += 4) {
    const x = load<f32>(at);
    sum += x, squares += <f64>x * <f64>x;
    lowest = f32x4.pmin(lowest, f32x4.splat(x)), highest = f32x4.pmax(highest, f32x4.splat(x));
  }
  store<f64>(result, load<f64>(result) + sum), store<f64>(result, load<f64>(result, 8) + squares, 8);
  for (let lane = 0; lane < 4; lane++) {
    store<f64>(result, min(load<f64>(result, 16), <f64>laneOf(lowest, lane)), 16);
    store<f64>(result, max(load<f64>(result, 24), <f64>laneOf(highest, lane)), 24);
  }
}

/** Sum of the products of two rows that were added. */
export function statisticsProduct(statistics: usize, first: i32, second: i32, frameCount: i32): f64 {
  let p = statisticsInput(statistics, first), q = statisticsInput(statistics, second);
  let sumA = f64x2.splat(0), sumB = sumA;
  for (const end = p + (<usize>(frameCount & ~3) << 2); p < end; p += 16, q += 16) {
    const x = v128.load(p), y = v128.load(q);
    sumA = f64x2.add(sumA, f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(y)));
    const x2 = v128.shuffle<i64>(x, x, 1, 1), y2 = v128.shuffle<i64>(y, y, 1, 1);
    sumB = f64x2.add(sumB, f64x2.mul(f64x2.promote_low_f32x4(x2), f64x2.promote_low_f32x4(y2)));
  }
  let sum = sumLanes(f64x2.add(sumA, sumB));
  for (let left = frameCount & 3; left > 0; left--, p += 4, q += 4) sum += <f64>load<f32>(p) * <f64>load<f32>(q);
  return sum;
}

// @ts-ignore: decorator
@inline
function sumLanes(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

function laneOf(x: v128, lane: i32): f32 {
  if (lane === 0) return f32x4.extract_lane(x, 0);
  if (lane === 1) return f32x4.extract_lane(x, 1);
  return lane === 2 ? f32x4.extract_lane(x, 2) : f32x4.extract_lane(x, 3);
}
