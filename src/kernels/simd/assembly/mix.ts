import { allocate } from './memory';
import { firstLanes } from './vector';

/** State of one mixer; arrays are float32. */
@unmanaged
class Mix {
  outputCount: i32;
  /** Sources rounded up to a multiple of four; the padding stays silent. */
  paddedCount: i32;
  /** Bytes from one row of samples to the next. */
  rowBytes: usize;
  inputs: usize;
  outputs: usize;
  /** Gains at the start of the ramp and their change per sample [output][source]. */
  starts: usize;
  steps: usize;
  /** Samples since the start of the ramp [source], int32. */
  elapsed: usize;
  /** Ramp time of each frame, for the four sources of the group at hand [source][frame]. */
  times: usize;
}

/** Allocates a mixer. */
export function createMix(sourceCount: i32, outputCount: i32, capacityFrames: i32): usize {
  const mix = changetype<Mix>(allocate(offsetof<Mix>()));
  mix.outputCount = outputCount;
  mix.paddedCount = (sourceCount + 3) & ~3;
  mix.rowBytes = <usize>(((capacityFrames + 3) & ~3) + 4) << 2;
  mix.inputs = allocate(mix.rowBytes * mix.paddedCount);
  mix.outputs = allocate(mix.rowBytes * outputCount);
  mix.starts = allocate((<usize>outputCount * mix.paddedCount) << 2);
  mix.steps = allocate((<usize>outputCount * mix.paddedCount) << 2);
  mix.elapsed = allocate(<usize>mix.paddedCount << 2);
  mix.times = allocate(mix.rowBytes * 4);
  return changetype<usize>(mix);
}

/** First row of the inputs [source][frame]. */
export function mixInputs(mix: usize): usize {
  return changetype<Mix>(mix).inputs;
}

/** First row of the outputs [output][frame]. */
export function mixOutputs(mix: usize): usize {
  return changetype<Mix>(mix).outputs;
}

/** Bytes from one row of the inputs or outputs to the next. */
export function mixRowBytes(mix: usize): usize {
  return changetype<Mix>(mix).rowBytes;
}

/** Gains at the start of the ramps [output][source, padded to four]. */
export function mixStarts(mix: usize): usize {
  return changetype<Mix>(mix).starts;
}

/** Changes of the gains per sample [output][source, padded to four]. */
export function mixSteps(mix: usize): usize {
  return changetype<Mix>(mix).steps;
}

/** Sets the samples since the start of the source's ramp. */
export function mixSetElapsed(mix: usize, source: i32, elapsedSamples: i32): void {
  store<i32>(changetype<Mix>(mix).elapsed + (<usize>source << 2), elapsedSamples);
}

/** Zeroes the first frames of every output. */
export function mixClear(mix: usize, frameCount: i32): void {
  const self = changetype<Mix>(mix);
  for (let output = 0; output < self.outputCount; output++) {
    memory.fill(self.outputs + self.rowBytes * output, 0, <usize>frameCount << 2);
  }
}

/**
 * Adds the group's four sources to every output over the frames [fromFrame, toFrame). Panned objects sound from a few
 * loudspeakers each: where one or two of the four have a gain, they are added one by one, which takes less than all four.
 */
export function mixGroup(mix: usize, group: i32, fromFrame: i32, toFrame: i32): void {
  const self = changetype<Mix>(mix);
  const zero = f32x4.splat(0);
  const frameCount = toFrame - fromFrame;
  const fromBytes = <usize>fromFrame << 2;
  const input = self.inputs + self.rowBytes * (group << 2) + fromBytes;
  let timesReady = false;
  for (let output = 0; output < self.outputCount; output++) {
    const at = <usize>(output * self.paddedCount + (group << 2)) << 2;
    const starts = v128.load(self.starts + at);
    const steps = v128.load(self.steps + at);
    const moving = f32x4.ne(steps, zero);
    const heard = i32x4.bitmask(v128.or(moving, f32x4.ne(starts, zero)));
    if (heard === 0) continue;
    const out = self.outputs + self.rowBytes * output + fromBytes;
    if (popcnt(heard) <= 2) {
      for (let rest = heard; rest !== 0; rest &= rest - 1) {
        const lane = ctz(rest);
        const offset = <usize>lane << 2;
        const elapsed = load<i32>(self.elapsed + (<usize>(group << 2) << 2) + offset);
        const start = load<f32>(self.starts + at + offset), step = load<f32>(self.steps + at + offset);
        mixOne(input + self.rowBytes * lane, out, start, step, elapsed, frameCount);
      }
    } else if (v128.any_true(moving)) {
      if (!timesReady) fillTimes(self, group, frameCount);
      timesReady = true;
      mixRamped(self, input, out, starts, steps, frameCount);
    } else {
      mixStatic(self.rowBytes, input, out, f32x4.add(starts, zero), frameCount);
    }
  }
}

/** Adds one source. */
function mixOne(x: usize, out: usize, start: f32, step: f32, elapsed: i32, frameCount: i32): void {
  const a = f32x4.splat(start), d = f32x4.splat(step);
  let time = i32x4.add(i32x4.splat(elapsed), i32x4(0, 1, 2, 3));
  for (const end = out + ((<usize>frameCount >> 2) << 4); out < end; x += 16, out += 16) {
    const gain = f32x4.add(a, f32x4.mul(d, f32x4.convert_i32x4_s(time)));
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(v128.load(x), gain)));
    time = i32x4.add(time, i32x4.splat(4));
  }
  if (frameCount & 3) {
    const gain = f32x4.add(a, f32x4.mul(d, f32x4.convert_i32x4_s(time)));
    addFirst(out, f32x4.mul(v128.load(x), gain), frameCount & 3);
  }
}

/** Writes float32(elapsed + frame) for the group's sources: converted from integers, so that cuts do not matter. */
function fillTimes(self: Mix, group: i32, frameCount: i32): void {
  for (let i = 0; i < 4; i++) {
    const elapsed = load<i32>(self.elapsed + (<usize>((group << 2) + i) << 2));
    let time = i32x4.add(i32x4.splat(elapsed), i32x4(0, 1, 2, 3));
    const row = self.times + self.rowBytes * i;
    for (let at = row, end = row + (<usize>frameCount << 2); at < end; at += 16) {
      v128.store(at, f32x4.convert_i32x4_s(time));
      time = i32x4.add(time, i32x4.splat(4));
    }
  }
}

function mixRamped(self: Mix, x: usize, out: usize, starts: v128, steps: v128, frameCount: i32): void {
  const a0 = v128.shuffle<i32>(starts, starts, 0, 0, 0, 0);
  const a1 = v128.shuffle<i32>(starts, starts, 1, 1, 1, 1);
  const a2 = v128.shuffle<i32>(starts, starts, 2, 2, 2, 2);
  const a3 = v128.shuffle<i32>(starts, starts, 3, 3, 3, 3);
  const d0 = v128.shuffle<i32>(steps, steps, 0, 0, 0, 0);
  const d1 = v128.shuffle<i32>(steps, steps, 1, 1, 1, 1);
  const d2 = v128.shuffle<i32>(steps, steps, 2, 2, 2, 2);
  const d3 = v128.shuffle<i32>(steps, steps, 3, 3, 3, 3);
  const x1 = self.rowBytes, x2 = 2 * x1, x3 = 3 * x1;
  let t = self.times;
  for (const end = out + ((<usize>frameCount >> 2) << 4); out < end; x += 16, out += 16, t += 16) {
    const sum = ramped(x, x1, x2, x3, t, a0, a1, a2, a3, d0, d1, d2, d3);
    v128.store(out, f32x4.add(v128.load(out), sum));
  }
  if (frameCount & 3) addFirst(out, ramped(x, x1, x2, x3, t, a0, a1, a2, a3, d0, d1, d2, d3), frameCount & 3);
}

/** Four frames of four sources times start + step time; x1, x2, x3 lead from the first row to the others. */
// @ts-ignore: decorator
@inline
function ramped(
  x: usize, x1: usize, x2: usize, x3: usize, t: usize,
  a0: v128, a1: v128, a2: v128, a3: v128, d0: v128, d1: v128, d2: v128, d3: v128,
): v128 {
  const y0 = f32x4.mul(v128.load(x), f32x4.add(a0, f32x4.mul(d0, v128.load(t))));
  const y1 = f32x4.mul(v128.load(x + x1), f32x4.add(a1, f32x4.mul(d1, v128.load(t + x1))));
  const y2 = f32x4.mul(v128.load(x + x2), f32x4.add(a2, f32x4.mul(d2, v128.load(t + x2))));
  const y3 = f32x4.mul(v128.load(x + x3), f32x4.add(a3, f32x4.mul(d3, v128.load(t + x3))));
  return f32x4.add(f32x4.add(y0, y1), f32x4.add(y2, y3));
}

function mixStatic(rowBytes: usize, x: usize, out: usize, gains: v128, frameCount: i32): void {
  const g0 = v128.shuffle<i32>(gains, gains, 0, 0, 0, 0);
  const g1 = v128.shuffle<i32>(gains, gains, 1, 1, 1, 1);
  const g2 = v128.shuffle<i32>(gains, gains, 2, 2, 2, 2);
  const g3 = v128.shuffle<i32>(gains, gains, 3, 3, 3, 3);
  const x1 = rowBytes, x2 = 2 * x1, x3 = 3 * x1;
  for (const end = out + ((<usize>frameCount >> 2) << 4); out < end; x += 16, out += 16) {
    v128.store(out, f32x4.add(v128.load(out), weighted(x, x1, x2, x3, g0, g1, g2, g3)));
  }
  if (frameCount & 3) addFirst(out, weighted(x, x1, x2, x3, g0, g1, g2, g3), frameCount & 3);
}

/** Four frames of four sources times their gains. */
// @ts-ignore: decorator
@inline
function weighted(
  x: usize, x1: usize, x2: usize, x3: usize, g0: v128, g1: v128, g2: v128, g3: v128,
): v128 {
  const y0 = f32x4.mul(v128.load(x), g0), y1 = f32x4.mul(v128.load(x + x1), g1);
  const y2 = f32x4.mul(v128.load(x + x2), g2), y3 = f32x4.mul(v128.load(x + x3), g3);
  return f32x4.add(f32x4.add(y0, y1), f32x4.add(y2, y3));
}

/** Adds the first `count` of four frames: what lies behind belongs to another call. */
function addFirst(out: usize, sum: v128, count: i32): void {
  const before = v128.load(out);
  v128.store(out, v128.bitselect(f32x4.add(before, sum), before, firstLanes(count)));
}
