import { allocate } from './memory';
import { PeakRows, advanceRow, blockCanExceed, blockFrames, initPeakRows, peakRow, raiseFrom, rowCanExceed } from './peak-rows';
import { sumLanes } from './vector';

const blockBytes: usize = blockFrames << 2;
/** Frames that are searched together. */
const groupFrames: i32 = 8;

/** State of one precise peak meter; arrays are float32. */
@unmanaged
class PrecisePeak extends PeakRows {
  phaseCount: i32;
  /** Half of the taps: how far the interval of a frame lies behind its newest sample. */
  halfTaps: i32;
  /** Magnitudes of one block at its half samples, and of one group at its quarters. */
  halves: usize;
  firstQuarters: usize;
  lastQuarters: usize;
  /** The same of the group before, where they are asked for. */
  earlierQuarters: usize;
  /** Taps of the middle phase [half tap]; it is its own mirror image. */
  middle: usize;
  /** Taps of the first quarter [half tap][even, odd]: the third is its mirror image. */
  sides: usize;
  /** All phases as they are, oldest sample first [phase][paddedTaps], zeros in front. */
  paddedTaps: i32;
  taps: usize;
}

/** Allocates a meter; the caller sets the bounds and fills the three coefficient tables. */
export function createPrecisePeak(channelCount: i32, phaseCount: i32, tapCount: i32): usize {
  const self = changetype<PrecisePeak>(allocate(offsetof<PrecisePeak>()));
  initPeakRows(self, channelCount, tapCount);
  self.phaseCount = phaseCount;
  self.halfTaps = tapCount >> 1;
  self.halves = allocate(blockBytes);
  self.firstQuarters = allocate(groupFrames << 2);
  self.lastQuarters = allocate(groupFrames << 2);
  self.earlierQuarters = allocate(2 * groupFrames << 2);
  self.middle = allocate(<usize>self.halfTaps << 2);
  self.sides = allocate(<usize>self.halfTaps << 3);
  self.paddedTaps = (tapCount + 3) & ~3;
  self.taps = allocate(<usize>(phaseCount * self.paddedTaps) << 2);
  return changetype<usize>(self);
}

/** Taps of the middle phase [half tap]. */
export function preciseMiddle(peak: usize): usize {
  return changetype<PrecisePeak>(peak).middle;
}

/** Taps of the first quarter [half tap][even, odd]. */
export function preciseSides(peak: usize): usize {
  return changetype<PrecisePeak>(peak).sides;
}

/** Taps of all phases [phase][taps, rounded up to a multiple of four]. */
export function preciseTaps(peak: usize): usize {
  return changetype<PrecisePeak>(peak).taps;
}

/** Largest of `largest` and the crests of the channel's loaded frames; then those are history. */
export function preciseMaximum(
  peak: usize, channel: i32, frameCount: i32, largest: f32, halfShare: f32, quarterShare: f32,
): f32 {
  const self = changetype<PrecisePeak>(peak);
  const input = peakRow(peak, channel);
  if (rowCanExceed(self, largest)) {
    for (let start = 0; start < frameCount; start += blockFrames) {
      if (!blockCanExceed(self, input, start, largest)) continue;
      const end = min(start + blockFrames, frameCount);
      fillHalves(self, input + (<usize>start << 2));
      for (let frame = start; frame < end; frame += groupFrames) {
        const x = input + (<usize>frame << 2);
        const halves = self.halves + (<usize>(frame - start) << 2);
        if (!isNear(self, x, halves, largest * halfShare)) continue;
        fillQuarters(self, x, self.firstQuarters, self.lastQuarters);
        const count = min(groupFrames, end - frame);
        for (let i = 0; i < count; i++) {
          largest = max(largest, crestOf(self, x, i, halves, largest * halfShare, largest * quarterShare));
        }
      }
    }
  }
  advanceRow(self, input, frameCount);
  return largest;
}

/** Raises the envelope to the channel's crests above `floor`; then its loaded frames are history. */
export function preciseRaiseEnvelope(
  peak: usize, channel: i32, frameCount: i32, floor: f32, halfShare: f32, quarterShare: f32,
): void {
  const self = changetype<PrecisePeak>(peak);
  const input = peakRow(peak, channel);
  const lowestHalf = floor * halfShare, lowest = floor * quarterShare;
  if (rowCanExceed(self, floor)) {
    for (let start = 0; start < frameCount; start += blockFrames) {
      if (!blockCanExceed(self, input, start, floor)) continue;
      raiseFrom(self, frameCount, floor);
      const end = min(start + blockFrames, frameCount);
      fillHalves(self, input + (<usize>start << 2));
      for (let frame = start; frame < end; frame += groupFrames) {
        const x = input + (<usize>frame << 2);
        const halves = self.halves + (<usize>(frame - start) << 2);
        if (!isNear(self, x, halves, lowestHalf)) continue;
        fillQuarters(self, x, self.firstQuarters, self.lastQuarters);
        const count = min(groupFrames, end - frame);
        for (let i = 0; i < count; i++) {
          const envelope = self.envelope + (<usize>(frame + i) << 2);
          store<f32>(envelope, max(load<f32>(envelope), crestOf(self, x, i, halves, lowestHalf, lowest)));
        }
      }
    }
  }
  advanceRow(self, input, frameCount);
}

/** Magnitudes midway between samples for the block of frames from x on, sixteen frames at a time. */
function fillHalves(self: PrecisePeak, x: usize): void {
  const end = self.middle + (<usize>self.halfTaps << 2);
  const span = <usize>(2 * self.halfTaps - 1) << 2;
  for (let i: usize = 0; i < blockBytes; i += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let newer = x + i, older = newer - span;
    for (let tap = self.middle; tap < end; tap += 4, newer -= 4, older += 4) {
      const coefficient = v128.load32_splat(tap);
      a = f32x4.add(a, f32x4.mul(coefficient, f32x4.add(v128.load(newer), v128.load(older))));
      b = f32x4.add(b, f32x4.mul(coefficient, f32x4.add(v128.load(newer, 16), v128.load(older, 16))));
      c = f32x4.add(c, f32x4.mul(coefficient, f32x4.add(v128.load(newer, 32), v128.load(older, 32))));
      d = f32x4.add(d, f32x4.mul(coefficient, f32x4.add(v128.load(newer, 48), v128.load(older, 48))));
    }
    const out = self.halves + i;
    v128.store(out, f32x4.abs(a)), v128.store(out, f32x4.abs(b), 16);
    v128.store(out, f32x4.abs(c), 32), v128.store(out, f32x4.abs(d), 48);
  }
}

/** Whether any point on the grid of halves of the group of frames from x on reaches a magnitude. */
function isNear(self: PrecisePeak, x: usize, halves: usize, magnitude: f32): bool {
  const sample = x - (<usize>self.halfTaps << 2);
  const a = f32x4.pmax(f32x4.abs(v128.load(sample)), f32x4.abs(v128.load(sample, 4)));
  const b = f32x4.pmax(f32x4.abs(v128.load(sample, 16)), f32x4.abs(v128.load(sample, 20)));
  const largest = f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(v128.load(halves), v128.load(halves, 16)));
  return v128.any_true(f32x4.ge(largest, f32x4.splat(magnitude)));
}

/**
 * Magnitudes at the first and the last quarter of the intervals of the group of frames from x on. The phases
 * mirror each other: with the sums and differences of the samples at equal distance from the middle, they
 * are E + O and E - O.
 */
function fillQuarters(self: PrecisePeak, x: usize, firstQuarters: usize, lastQuarters: usize): void {
  let e0 = f32x4.splat(0), o0 = e0, e1 = e0, o1 = e0;
  let newer = x, older = x - (<usize>(2 * self.halfTaps - 1) << 2);
  const end = self.sides + (<usize>self.halfTaps << 3);
  for (let tap = self.sides; tap < end; tap += 8, newer -= 4, older += 4) {
    const even = v128.load32_splat(tap), odd = v128.load32_splat(tap, 4);
    let p = v128.load(newer), q = v128.load(older);
    e0 = f32x4.add(e0, f32x4.mul(even, f32x4.add(p, q)));
    o0 = f32x4.add(o0, f32x4.mul(odd, f32x4.sub(p, q)));
    p = v128.load(newer, 16), q = v128.load(older, 16);
    e1 = f32x4.add(e1, f32x4.mul(even, f32x4.add(p, q)));
    o1 = f32x4.add(o1, f32x4.mul(odd, f32x4.sub(p, q)));
  }
  v128.store(firstQuarters, f32x4.abs(f32x4.add(e0, o0)));
  v128.store(firstQuarters, f32x4.abs(f32x4.add(e1, o1)), 16);
  v128.store(lastQuarters, f32x4.abs(f32x4.sub(e0, o0)));
  v128.store(lastQuarters, f32x4.abs(f32x4.sub(e1, o1)), 16);
}

/**
 * The largest crest of the interval of frame i of the group from x on, whose quarters are filled; 0 where none
 * is near. The same steps as the scalar twin's.
 */
function crestOf(self: PrecisePeak, group: usize, i: i32, halves: usize, lowestHalf: f32, lowest: f32): f32 {
  const x = group + (<usize>i << 2);
  const sample = x - (<usize>self.halfTaps << 2);
  const start = abs(load<f32>(sample)), end = abs(load<f32>(sample, 4));
  const middle = load<f32>(halves + (<usize>i << 2));
  const first = start >= lowestHalf || middle >= lowestHalf ? load<f32>(self.firstQuarters + (<usize>i << 2)) : 0;
  const last = middle >= lowestHalf || end >= lowestHalf ? load<f32>(self.lastQuarters + (<usize>i << 2)) : 0;
  const quarter = self.phaseCount >> 2;
  let crest: f32 = 0;
  if (start >= lowest && start > first && start >= quarterBefore(self, group, i)) {
    crest = climb(self, x, 0, start);
  }
  if (first >= lowest && first >= start && first > middle) crest = max(crest, climb(self, x, quarter, first));
  if (middle >= lowest && middle >= first && middle > last) crest = max(crest, climb(self, x, 2 * quarter, middle));
  if (last >= lowest && last >= middle && last > end) crest = max(crest, climb(self, x, 3 * quarter, last));
  return crest;
}

/** Magnitude at the last quarter before frame i of a group, by the same sums whether in this group or the one before. */
function quarterBefore(self: PrecisePeak, group: usize, i: i32): f32 {
  if (i > 0) return load<f32>(self.lastQuarters + (<usize>(i - 1) << 2));
  const last = self.earlierQuarters + (groupFrames << 2);
  fillQuarters(self, group - (groupFrames << 2), self.earlierQuarters, last);
  return load<f32>(last + ((groupFrames - 1) << 2));
}

/** Walks uphill on the finest grid from a point that no neighbour on the grid of quarters exceeds. */
function climb(self: PrecisePeak, x: usize, phase: i32, magnitude: f32): f32 {
  const rising = walk(self, x, phase, 1, magnitude);
  return rising > magnitude ? rising : walk(self, x, phase, -1, magnitude);
}

function walk(self: PrecisePeak, x: usize, phase: i32, step: i32, magnitude: f32): f32 {
  const quarter = self.phaseCount >> 2;
  for (let k = 1; k < quarter; k++) {
    const next = magnitudeAt(self, x, phase + k * step);
    if (!(next > magnitude)) break;
    magnitude = next;
  }
  return magnitude;
}

/** Magnitude at any phase but 0 of the frame at x; phases may lie one interval before. */
function magnitudeAt(self: PrecisePeak, x: usize, phase: i32): f32 {
  const before = phase < 0;
  let tap = self.taps + (<usize>((before ? phase + self.phaseCount : phase) * self.paddedTaps) << 2);
  let at = x - (<usize>(self.paddedTaps - 1) << 2) - (before ? 4 : 0);
  const end = tap + (<usize>self.paddedTaps << 2);
  let a = f32x4.splat(0);
  for (; tap < end; tap += 16, at += 16) a = f32x4.add(a, f32x4.mul(v128.load(at), v128.load(tap)));
  return abs(sumLanes(a));
}
