import { allocate } from './memory';
import { flushTiny } from './vector';

const lineCount: usize = 8;
/** Bytes of a line's settings: its row (usize), where it is read (bytes before the write), three gains (f32). */
const settingBytes: usize = 20;
/** 1 / sqrt(8): makes the matrix of ones and minus ones orthonormal. */
const scale: f32 = 0.35355339059327373;

/** State of one network; samples and gains are float32. */
@unmanaged
class Network {
  historyBytes: usize;
  hopBytes: usize;
  spacingBytes: usize;
  rowBytes: usize;
  /** [line][what went in before, then the hop] */
  rows: usize;
  settings: usize;
  input: usize;
  outputs: usize;
}

/** Allocates a network. */
export function createFeedbackDelay(historyFrames: i32, hopFrames: i32, tapSpacing: i32): usize {
  const self = changetype<Network>(allocate(offsetof<Network>()));
  self.historyBytes = <usize>historyFrames << 2;
  self.hopBytes = <usize>hopFrames << 2;
  self.spacingBytes = <usize>tapSpacing << 2;
  // A cache line more, so that rows do not compete for the same lines of the cache.
  self.rowBytes = ((self.historyBytes + self.hopBytes + 63) & ~63) + 64;
  self.rows = allocate(self.rowBytes * lineCount);
  self.settings = allocate(settingBytes * lineCount);
  self.input = allocate(self.hopBytes);
  self.outputs = allocate(self.hopBytes * 2);
  return changetype<usize>(self);
}

/** Sets a line: its length in frames and its gains. */
export function feedbackSetLine(network: usize, line: i32, length: i32, middle: f32, side: f32, input: f32): void {
  const self = changetype<Network>(network);
  const setting = self.settings + settingBytes * line;
  store<usize>(setting, self.rows + self.rowBytes * line + self.historyBytes);
  store<i32>(setting, length << 2, 4);
  store<f32>(setting, middle * scale, 8);
  store<f32>(setting, side * scale, 12);
  store<f32>(setting, input, 16);
}

/** Where the input goes [frame]. */
export function feedbackInput(network: usize): usize {
  return changetype<Network>(network).input;
}

/** Where a sum comes out [frame]. */
export function feedbackOutput(network: usize, index: i32): usize {
  const self = changetype<Network>(network);
  return self.outputs + self.hopBytes * index;
}

/** Forgets all samples. */
export function feedbackReset(network: usize): void {
  const self = changetype<Network>(network);
  memory.fill(self.rows, 0, self.rowBytes * lineCount);
}

/** Four frames of what a line keeps, at an offset in bytes from the start of the hop. */
// @ts-ignore: decorator
@inline
function kept(setting: usize, offset: usize, spacing: usize): v128 {
  const at = load<usize>(setting) + offset - load<i32>(setting, 4);
  return f32x4.add(
    f32x4.mul(v128.load32_splat(setting, 8), v128.load(at)),
    f32x4.mul(v128.load32_splat(setting, 12), f32x4.add(v128.load(at - spacing), v128.load(at + spacing))),
  );
}

/** Puts four frames into a line. */
// @ts-ignore: decorator
@inline
function put(setting: usize, offset: usize, sum: v128, input: v128): void {
  const next = f32x4.add(sum, f32x4.mul(v128.load32_splat(setting, 16), input));
  v128.store(load<usize>(setting) + offset, flushTiny(next));
}

/** Four frames of all lines at a time, mixed by the Hadamard matrix in three rounds. @param frameCount a multiple of 8 */
export function feedbackProcess(network: usize, frameCount: i32): void {
  const self = changetype<Network>(network);
  const spacing = self.spacingBytes, s = self.settings, hop = self.hopBytes, end = <usize>frameCount << 2;
  const s1 = s + settingBytes, s2 = s1 + settingBytes, s3 = s2 + settingBytes;
  const s4 = s3 + settingBytes, s5 = s4 + settingBytes, s6 = s5 + settingBytes, s7 = s6 + settingBytes;
  for (let at: usize = 0; at < end; at += 16) {
    const a0 = kept(s, at, spacing), a1 = kept(s1, at, spacing);
    const a2 = kept(s2, at, spacing), a3 = kept(s3, at, spacing);
    const a4 = kept(s4, at, spacing), a5 = kept(s5, at, spacing);
    const a6 = kept(s6, at, spacing), a7 = kept(s7, at, spacing);
    const b0 = f32x4.add(a0, a1), b1 = f32x4.sub(a0, a1), b2 = f32x4.add(a2, a3), b3 = f32x4.sub(a2, a3);
    const b4 = f32x4.add(a4, a5), b5 = f32x4.sub(a4, a5), b6 = f32x4.add(a6, a7), b7 = f32x4.sub(a6, a7);
    const c0 = f32x4.add(b0, b2), c1 = f32x4.add(b1, b3), c2 = f32x4.sub(b0, b2), c3 = f32x4.sub(b1, b3);
    const c4 = f32x4.add(b4, b6), c5 = f32x4.add(b5, b7), c6 = f32x4.sub(b4, b6), c7 = f32x4.sub(b5, b7);
    const input = v128.load(self.input + at);
    const d1 = f32x4.add(c1, c5), d2 = f32x4.add(c2, c6);
    v128.store(self.outputs + at, d1);
    v128.store(self.outputs + hop + at, d2);
    put(s, at, f32x4.add(c0, c4), input);
    put(s1, at, d1, input);
    put(s2, at, d2, input);
    put(s3, at, f32x4.add(c3, c7), input);
    put(s4, at, f32x4.sub(c0, c4), input);
    put(s5, at, f32x4.sub(c1, c5), input);
    put(s6, at, f32x4.sub(c2, c6), input);
    put(s7, at, f32x4.sub(c3, c7), input);
  }
  for (let line: usize = 0; line < lineCount; line++) {
    const row = self.rows + self.rowBytes * line;
    memory.copy(row, row + end, self.historyBytes);
  }
}
