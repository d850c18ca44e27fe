import { allocate } from './memory';

/** Input frames that are brought in at a time. */
const chunkFrames: i32 = 2048;
/** Output frames of one run at most. */
const outputFrames: i32 = 1024;

/** State of one resampler. */
@unmanaged
class Resampler {
  channelCount: i32;
  /** Taps of a phase, a multiple of 8. */
  tapCount: i32;
  upFactor: i32;
  downFactor: i32;
  /** Few phases, one or two frames apart: lanes are outputs, not taps. */
  addsTapAfterTap: bool;
  capacityFrames: i32;
  lineBytes: usize;
  /** [phase][tap], float64. */
  coefficients: usize;
  /** Where the taps of each phase that are not zero begin and end, in bytes from its first: [phase][2]. */
  spans: usize;
  /** Taps that are not zero, one after another: [phase][tap](coefficient, bytes from the oldest frame), 16 bytes each. */
  taps: usize;
  /** Where those of each phase end [phase]. */
  tapEnds: usize;
  /** [channel][frame], float64. */
  lines: usize;
  /** Frames of one channel on their way in, float32. */
  input: usize;
  outputBytes: usize;
  /** [channel][frame], float32. */
  outputs: usize;
}

/** Allocates a resampler. */
export function createResampler(
  channelCount: i32, tapCount: i32, upFactor: i32, downFactor: i32, addsTapAfterTap: bool,
): usize {
  const self = changetype<Resampler>(allocate(offsetof<Resampler>()));
  self.channelCount = channelCount;
  self.tapCount = tapCount;
  self.upFactor = upFactor;
  self.downFactor = downFactor;
  self.capacityFrames = tapCount + chunkFrames;
  // A cache line more than the frames, so that rows do not compete for the same lines of the cache.
  self.lineBytes = (<usize>self.capacityFrames << 3) + 64;
  self.coefficients = allocate((<usize>tapCount * upFactor) << 3);
  self.spans = allocate(<usize>upFactor << 3);
  self.addsTapAfterTap = addsTapAfterTap;
  if (addsTapAfterTap) {
    self.taps = allocate((<usize>tapCount * upFactor) << 4);
    self.tapEnds = allocate(<usize>upFactor << 2);
  }
  self.lines = allocate(self.lineBytes * channelCount);
  self.input = allocate(<usize>chunkFrames << 2);
  self.outputBytes = (<usize>outputFrames << 2) + 64;
  self.outputs = allocate(self.outputBytes * channelCount);
  return changetype<usize>(self);
}

/** Where the coefficients go [phase][tap], float64. */
export function resamplerCoefficients(resampler: usize): usize {
  return changetype<Resampler>(resampler).coefficients;
}

/** To be called when the coefficients are there: finds what is not zero. */
export function resamplerFindSpans(resampler: usize): void {
  const self = changetype<Resampler>(resampler);
  const rowBytes = <usize>self.tapCount << 3;
  for (let phase = 0; phase < self.upFactor; phase++) {
    const row = self.coefficients + rowBytes * phase;
    let start: usize = 0, end = rowBytes;
    while (start < end && isZeroGroup(row + start)) start += 64;
    while (end > start && isZeroGroup(row + end - 64)) end -= 64;
    store<u32>(self.spans + (<usize>phase << 3), <u32>start);
    store<u32>(self.spans + (<usize>phase << 3), <u32>end, 4);
  }
  if (self.addsTapAfterTap) listTaps(self);
}

function listTaps(self: Resampler): void {
  let tap = self.taps, coefficient = self.coefficients;
  for (let phase = 0; phase < self.upFactor; phase++) {
    for (let i = 0; i < self.tapCount; i++, coefficient += 8) {
      const value = load<f64>(coefficient);
      if (value === 0) continue;
      store<f64>(tap, value);
      store<u32>(tap, <u32>i << 3, 8);
      tap += 16;
    }
    store<u32>(self.tapEnds + (<usize>phase << 2), <u32>tap);
  }
}

function isZeroGroup(group: usize): bool {
  for (let tap = group; tap < group + 64; tap += 8) if (load<f64>(tap) !== 0) return false;
  return true;
}

/** Input frames that the lines hold. */
export function resamplerCapacityFrames(resampler: usize): i32 {
  return changetype<Resampler>(resampler).capacityFrames;
}

/** Input frames that one `resamplerLoad` takes at most. */
export function resamplerChunkFrames(): i32 {
  return chunkFrames;
}

/** Output frames of one `resamplerRun` at most. */
export function resamplerOutputFrames(): i32 {
  return outputFrames;
}

/** Where the input of one channel goes before `resamplerLoad`. */
export function resamplerInput(resampler: usize): usize {
  return changetype<Resampler>(resampler).input;
}

/** Where a channel comes out. */
export function resamplerOutput(resampler: usize, channel: i32): usize {
  const self = changetype<Resampler>(resampler);
  return self.outputs + self.outputBytes * channel;
}

/** Moves what lies at the input to frame `at` of a channel's line, as float64. */
export function resamplerLoad(resampler: usize, channel: i32, at: i32, frameCount: i32): void {
  const self = changetype<Resampler>(resampler);
  let from = self.input, to = self.lines + self.lineBytes * channel + (<usize>at << 3);
  for (const end = from + (<usize>frameCount << 2); from < end; from += 4, to += 8) store<f64>(to, <f64>load<f32>(from));
}

/** Moves `frameCount` frames of every line from frame `from` to its start. */
export function resamplerShift(resampler: usize, from: i32, frameCount: i32): void {
  const self = changetype<Resampler>(resampler);
  for (let channel = 0; channel < self.channelCount; channel++) {
    const line = self.lines + self.lineBytes * channel;
    memory.copy(line, line + (<usize>from << 3), <usize>frameCount << 3);
  }
}

/** Silences the first frames of every line. */
export function resamplerClear(resampler: usize, frameCount: i32): void {
  const self = changetype<Resampler>(resampler);
  for (let channel = 0; channel < self.channelCount; channel++) {
    memory.fill(self.lines + self.lineBytes * channel, 0, <usize>frameCount << 3);
  }
}

/** Gives output frames of every channel; the first has its oldest tap on frame `at` of the lines, and phase `phase`. */
export function resamplerRun(resampler: usize, at: i32, phase: i32, frameCount: i32): void {
  const self = changetype<Resampler>(resampler);
  if (self.addsTapAfterTap) return runPhases(self, at, phase, frameCount);
  const rowBytes = <usize>self.tapCount << 3;
  const wholeStep = self.downFactor / self.upFactor;
  const restStep = self.downFactor % self.upFactor;
  for (let frame = 0; frame < frameCount; frame++) {
    const span = self.spans + (<usize>phase << 3);
    const start = <usize>load<u32>(span);
    const row = self.coefficients + rowBytes * phase;
    const end = row + <usize>load<u32>(span, 4);
    let line = self.lines + (<usize>at << 3) + start;
    let output = self.outputs + (<usize>frame << 2);
    for (let channel = 0; channel < self.channelCount; channel++) {
      store<f32>(output, <f32>product(row + start, end, line));
      line += self.lineBytes;
      output += self.outputBytes;
    }
    at += wholeStep;
    phase += restStep;
    if (phase >= self.upFactor) {
      phase -= self.upFactor;
      at++;
    }
  }
}

/** Sum of products over whole groups of eight, in eight sums, so that the additions need not wait for each other. */
// @ts-ignore: decorator
@inline
function product(row: usize, end: usize, line: usize): f64 {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (; row < end; row += 64, line += 64) {
    a = f64x2.add(a, f64x2.mul(v128.load(row), v128.load(line)));
    b = f64x2.add(b, f64x2.mul(v128.load(row, 16), v128.load(line, 16)));
    c = f64x2.add(c, f64x2.mul(v128.load(row, 32), v128.load(line, 32)));
    d = f64x2.add(d, f64x2.mul(v128.load(row, 48), v128.load(line, 48)));
  }
  const sum = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The same phase by phase: lanes are successive outputs of a phase. */
function runPhases(self: Resampler, at: i32, phase: i32, frameCount: i32): void {
  for (let first = 0; first < self.upFactor; first++) {
    const place = phase + first * self.downFactor;
    const row = place % self.upFactor;
    const count = (frameCount - first + self.upFactor - 1) / self.upFactor;
    const end = <usize>load<u32>(self.tapEnds + (<usize>row << 2));
    const taps = row === 0 ? self.taps : <usize>load<u32>(self.tapEnds + (<usize>(row - 1) << 2));
    let line = self.lines + (<usize>(at + place / self.upFactor) << 3);
    let output = self.outputs + (<usize>first << 2);
    for (let channel = 0; channel < self.channelCount; channel++) {
      runPhase(taps, end, line, self.downFactor, count, output, <usize>self.upFactor << 2);
      line += self.lineBytes;
      output += self.outputBytes;
    }
  }
}

/** Every `stepBytes` of the output a sum of products, tap after tap; the line moves on by `stride` frames from one to the next. */
function runPhase(
  taps: usize, end: usize, line: usize, stride: i32, count: i32, output: usize, stepBytes: usize,
): void {
  for (; count >= 8; count -= 8, line += <usize>stride << 6, output += stepBytes << 3) {
    if (stride === 1) eightSums(taps, end, line, false, output, stepBytes);
    else eightSums(taps, end, line, true, output, stepBytes);
  }
  for (; count > 0; count--, line += <usize>stride << 3, output += stepBytes) {
    let sum = 0.0;
    for (let tap = taps; tap < end; tap += 16) sum += load<f64>(tap) * load<f64>(line + load<u32>(tap, 8));
    store<f32>(output, <f32>sum);
  }
}

// @ts-ignore: decorator
@inline
function eightSums(taps: usize, end: usize, line: usize, isWide: bool, output: usize, stepBytes: usize): void {
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (let tap = taps; tap < end; tap += 16) {
    const coefficient = v128.load64_splat(tap);
    const x = line + load<u32>(tap, 8);
    a = f64x2.add(a, f64x2.mul(coefficient, twoFrames(x, isWide)));
    b = f64x2.add(b, f64x2.mul(coefficient, twoFrames(x + (isWide ? 32 : 16), isWide)));
    c = f64x2.add(c, f64x2.mul(coefficient, twoFrames(x + (isWide ? 64 : 32), isWide)));
    d = f64x2.add(d, f64x2.mul(coefficient, twoFrames(x + (isWide ? 96 : 48), isWide)));
  }
  storeTwo(output, stepBytes, a);
  storeTwo(output + 2 * stepBytes, stepBytes, b);
  storeTwo(output + 4 * stepBytes, stepBytes, c);
  storeTwo(output + 6 * stepBytes, stepBytes, d);
}

/** Two successive frames, or every other one. */
// @ts-ignore: decorator
@inline
function twoFrames(x: usize, isWide: bool): v128 {
  return isWide ? v128.shuffle<i64>(v128.load(x), v128.load(x, 16), 0, 2) : v128.load(x);
}

// @ts-ignore: decorator
@inline
function storeTwo(output: usize, stepBytes: usize, sums: v128): void {
  store<f32>(output, <f32>f64x2.extract_lane(sums, 0));
  store<f32>(output + stepBytes, <f32>f64x2.extract_lane(sums, 1));
}
