import { allocate } from './memory';
import { firstLanes } from './vector';

/** State of one mixer; samples and gains are float32. */
@unmanaged
class Mix {
  /** Samples of the source that is mixed [frame]. */
  input: usize;
  /**
   * Ramps of each source: how many of its entries move and how many stand still (i32 each), then room for an entry of
   * each output. Those that move come first, those that stand still last.
   */
  ramps: usize;
  rampBytes: usize;
}

/** Bytes of an entry: row of the output (an address), gain at the start of the ramp, its change per sample (f32 each). */
const entryBytes: usize = 12;
const headBytes: usize = 8;

/** Allocates a mixer; the rows of its outputs are elsewhere. */
export function createMix(sourceCount: i32, outputCount: i32, capacityFrames: i32): usize {
  const mix = changetype<Mix>(allocate(offsetof<Mix>()));
  mix.input = allocate(<usize>capacityFrames << 2);
  mix.rampBytes = headBytes + entryBytes * outputCount;
  mix.ramps = allocate(mix.rampBytes * sourceCount);
  return changetype<usize>(mix);
}

/** Where the samples of a source go [frame]. */
export function mixInput(mix: usize): usize {
  return changetype<Mix>(mix).input;
}

/** Where the ramps of a source go; see `Mix.ramps`. */
export function mixRamps(mix: usize, source: i32): usize {
  const self = changetype<Mix>(mix);
  return self.ramps + self.rampBytes * source;
}

/** Adds a source to the outputs that it has ramps for, two at a time, over the frames [fromFrame, toFrame). */
export function mixSource(mix: usize, source: i32, elapsed: i32, fromFrame: i32, toFrame: i32): void {
  const self = changetype<Mix>(mix);
  const ramps = self.ramps + self.rampBytes * source;
  const offset = <usize>fromFrame << 2;
  const x = self.input + offset;
  const frameCount = toFrame - fromFrame;
  let rest = load<i32>(ramps);
  let entry = ramps + headBytes;
  for (; rest >= 2; rest -= 2, entry += 2 * entryBytes)
    addTwoMoving(x, load<usize>(entry) + offset, load<usize>(entry, entryBytes) + offset, entry, elapsed, frameCount);
  if (rest > 0) addMoving(x, load<usize>(entry) + offset, entry, elapsed, frameCount);
  rest = load<i32>(ramps, 4);
  entry = ramps + self.rampBytes - entryBytes * rest;
  for (; rest >= 2; rest -= 2, entry += 2 * entryBytes)
    addTwoStill(x, load<usize>(entry) + offset, load<usize>(entry, entryBytes) + offset, entry, frameCount);
  if (rest > 0) addStill(x, load<usize>(entry) + offset, entry, frameCount);
}

/** Times of four frames from `elapsed` on: counted as integers, so that cuts do not matter. */
// @ts-ignore: decorator
@inline
function firstTimes(elapsed: i32): v128 {
  return i32x4.add(i32x4.splat(elapsed), i32x4(0, 1, 2, 3));
}

/** Four frames of a source times start + step time. */
// @ts-ignore: decorator
@inline
function moved(x: v128, start: v128, step: v128, time: v128): v128 {
  return f32x4.mul(x, f32x4.add(start, f32x4.mul(step, time)));
}

function addTwoMoving(x: usize, out0: usize, out1: usize, entry: usize, elapsed: i32, frameCount: i32): void {
  const a0 = v128.load32_splat(entry, 4), d0 = v128.load32_splat(entry, 8);
  const a1 = v128.load32_splat(entry, 16), d1 = v128.load32_splat(entry, 20);
  const apart = out1 - out0;
  let times = firstTimes(elapsed);
  for (const end = out0 + ((<usize>frameCount >> 2) << 4); out0 < end; x += 16, out0 += 16) {
    const time = f32x4.convert_i32x4_s(times), frames = v128.load(x);
    v128.store(out0, f32x4.add(v128.load(out0), moved(frames, a0, d0, time)));
    v128.store(out0 + apart, f32x4.add(v128.load(out0 + apart), moved(frames, a1, d1, time)));
    times = i32x4.add(times, i32x4.splat(4));
  }
  if ((frameCount & 3) === 0) return;
  const time = f32x4.convert_i32x4_s(times), frames = v128.load(x);
  addFirst(out0, moved(frames, a0, d0, time), frameCount & 3);
  addFirst(out0 + apart, moved(frames, a1, d1, time), frameCount & 3);
}

function addMoving(x: usize, out: usize, entry: usize, elapsed: i32, frameCount: i32): void {
  const a = v128.load32_splat(entry, 4), d = v128.load32_splat(entry, 8);
  let times = firstTimes(elapsed);
  for (const end = out + ((<usize>frameCount >> 2) << 4); out < end; x += 16, out += 16) {
    const sum = moved(v128.load(x), a, d, f32x4.convert_i32x4_s(times));
    v128.store(out, f32x4.add(v128.load(out), sum));
    times = i32x4.add(times, i32x4.splat(4));
  }
  if (frameCount & 3) addFirst(out, moved(v128.load(x), a, d, f32x4.convert_i32x4_s(times)), frameCount & 3);
}

function addTwoStill(x: usize, out0: usize, out1: usize, entry: usize, frameCount: i32): void {
  const a0 = v128.load32_splat(entry, 4), a1 = v128.load32_splat(entry, 16);
  const apart = out1 - out0;
  for (const end = out0 + ((<usize>frameCount >> 2) << 4); out0 < end; x += 16, out0 += 16) {
    const frames = v128.load(x);
    v128.store(out0, f32x4.add(v128.load(out0), f32x4.mul(frames, a0)));
    v128.store(out0 + apart, f32x4.add(v128.load(out0 + apart), f32x4.mul(frames, a1)));
  }
  if ((frameCount & 3) === 0) return;
  addFirst(out0, f32x4.mul(v128.load(x), a0), frameCount & 3);
  addFirst(out0 + apart, f32x4.mul(v128.load(x), a1), frameCount & 3);
}

function addStill(x: usize, out: usize, entry: usize, frameCount: i32): void {
  const a = v128.load32_splat(entry, 4);
  for (const end = out + ((<usize>frameCount >> 2) << 4); out < end; x += 16, out += 16) {
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(v128.load(x), a)));
  }
  if (frameCount & 3) addFirst(out, f32x4.mul(v128.load(x), a), frameCount & 3);
}

/** Adds the first `count` of four frames: what lies behind belongs to another call. */
function addFirst(out: usize, sum: v128, count: i32): void {
  const before = v128.load(out);
  v128.store(out, v128.bitselect(f32x4.add(before, sum), before, firstLanes(count)));
}
