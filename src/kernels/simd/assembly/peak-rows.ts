import { allocate } from './memory';
import { flushTiny, maxLane } from './vector';

/** Frames of one call at most. */
export const rowFrames: i32 = 4096;
/** Frames of one decision whether to filter or to skip, and of one statistic of the samples; 1 << blockShift. */
export const blockFrames: i32 = 32;
const blockShift: i32 = 5;
const blockBytes: usize = blockFrames << 2;

/** What the peak meters share: rows of samples with their history, and bounds on what can be made of them. */
@unmanaged
export class PeakRows {
  channelCount: i32;
  tapCount: i32;
  /** Samples before a row's first frame: the window of its first frame and a few more, whole blocks. */
  historyFrames: i32;
  rowBytes: usize;
  /** [channel][history, then frames], float32. */
  samples: usize;
  /** Whether the rows belong to another kernel, which moves them on. */
  isGuest: bool;
  /** Largest magnitude and largest second difference of each block of the loaded row, its history included. */
  levels: usize;
  bends: usize;
  /** Blocks whose second differences are known. */
  bentBlocks: i32;
  /** Largest magnitude of the loaded row. */
  level: f32;
  /** Room for an envelope [frame]. */
  ownEnvelope: usize;
  /** Where the envelope goes, and whether anything raised it above its floor. */
  envelope: usize;
  isRaised: bool;
  /** Bounds of the interpolated signal, see `PeakBounds`. */
  sumBound: f32;
  lineBound: f32;
  bendBound: f32;
  newestLineTap: i32;
  oldestLineTap: i32;
}

/** Allocates the rows of a meter that was allocated itself. */
export function initPeakRows(self: PeakRows, channelCount: i32, tapCount: i32): void {
  self.channelCount = channelCount;
  self.tapCount = tapCount;
  self.historyFrames = (tapCount + 8 + blockFrames - 1) & -blockFrames;
  self.rowBytes = <usize>(self.historyFrames + rowFrames + blockFrames) << 2;
  self.samples = allocate(self.rowBytes * channelCount);
  self.levels = allocate(self.rowBytes >> blockShift);
  self.bends = allocate(self.rowBytes >> blockShift);
  self.ownEnvelope = allocate(<usize>rowFrames << 2);
}

/** Frames that one call takes at most. */
export function peakRowFrames(): i32 {
  return rowFrames;
}

/** Where the frames of a channel go. */
export function peakRow(rows: usize, channel: i32): usize {
  const self = changetype<PeakRows>(rows);
  return self.samples + self.rowBytes * channel + (<usize>self.historyFrames << 2);
}

/** Where an envelope can go [frame]. */
export function peakEnvelope(rows: usize): usize {
  return changetype<PeakRows>(rows).ownEnvelope;
}

/** Sets the bounds, see `PeakBounds`. */
export function peakSetBounds(
  rows: usize, sum: f32, line: f32, bend: f32, newestLineTap: i32, oldestLineTap: i32,
): void {
  const self = changetype<PeakRows>(rows);
  self.sumBound = sum;
  self.lineBound = line;
  self.bendBound = bend;
  self.newestLineTap = newestLineTap;
  self.oldestLineTap = oldestLineTap;
}

/** Lets a meter hear rows of another kernel, that of `channel` from `row` on; its history lies before. */
export function peakVisit(rows: usize, channel: i32, row: usize, rowBytes: usize): void {
  const self = changetype<PeakRows>(rows);
  self.isGuest = true;
  self.rowBytes = rowBytes;
  self.samples = row - rowBytes * channel - (<usize>self.historyFrames << 2);
}

/** Samples before a row's first frame that a meter reads. */
export function peakHistoryFrames(rows: usize): i32 {
  return changetype<PeakRows>(rows).historyFrames;
}

/** Begins an envelope, which is its floor as long as nothing raises it. @param envelope where it goes [frame] */
export function peakStartEnvelope(rows: usize, envelope: usize): void {
  const self = changetype<PeakRows>(rows);
  self.envelope = envelope;
  self.isRaised = false;
}

/** Whether anything raised the envelope; else it was not even written. */
export function peakIsRaised(rows: usize): bool {
  return changetype<PeakRows>(rows).isRaised;
}

/** Readies the envelope to be raised. */
export function raiseFrom(self: PeakRows, frameCount: i32, floor: f32): void {
  if (self.isRaised) return;
  self.isRaised = true;
  for (let i = 0; i < frameCount; i += 4) v128.store(self.envelope + (<usize>i << 2), f32x4.splat(floor));
}

/** Forgets all samples. */
export function peakReset(rows: usize, channel: i32): void {
  const self = changetype<PeakRows>(rows);
  memory.fill(self.samples + self.rowBytes * channel, 0, self.rowBytes);
}

/**
 * Takes the levels of the channel's first frames. Tiny samples become zero, NaN does not count.
 * @returns their largest magnitude
 */
export function peakLoad(rows: usize, channel: i32, frameCount: i32): f32 {
  const self = changetype<PeakRows>(rows);
  const input = peakRow(rows, channel);
  const end = input + (<usize>frameCount << 2);
  // What is left of an earlier call behind the last frame must not count either.
  memory.fill(end, 0, blockBytes);
  const history = largestLevel(input - (<usize>self.historyFrames << 2), input, self.levels);
  const level = largestLevel(input, end, self.levels + (<usize>(self.historyFrames >> blockShift) << 2));
  self.level = max(history, level);
  self.bentBlocks = 0;
  return level;
}

/** Zeroes what is tiny and stores the level of each block of [from, to), the last one rounded up. @returns the largest */
function largestLevel(from: usize, to: usize, levels: usize): f32 {
  let largest: f32 = 0;
  for (let block = from; block < to; block += blockBytes, levels += 4) {
    // In this order of arguments NaN is left out.
    let a = f32x4.splat(0), b = a;
    for (let at = block; at < block + blockBytes; at += 32) {
      const x = flushTiny(v128.load(at)), y = flushTiny(v128.load(at, 16));
      v128.store(at, x), v128.store(at, y, 16);
      a = f32x4.pmax(a, f32x4.abs(x));
      b = f32x4.pmax(b, f32x4.abs(y));
    }
    const level = maxLane(f32x4.pmax(a, b));
    store<f32>(levels, level);
    largest = max(largest, level);
  }
  return largest;
}

/** Whether what the loaded row makes can exceed `floor`. */
export function rowCanExceed(self: PeakRows, floor: f32): bool {
  return self.sumBound * self.level > floor;
}

/** Whether what the block of frames from `start` on makes can exceed `floor`. */
export function blockCanExceed(self: PeakRows, input: usize, start: i32, floor: f32): bool {
  const newest = self.historyFrames + start;
  const first = (newest - self.tapCount + 1) >> blockShift, last = newest >> blockShift;
  if (self.sumBound * largestOf(self.levels, first, last) <= floor) return false;
  bendBlocks(self, input - (<usize>self.historyFrames << 2), first, last);
  const firstLine = (newest - self.oldestLineTap) >> blockShift;
  const lastLine = (newest + blockFrames - 1 - self.newestLineTap) >> blockShift;
  const line = self.lineBound * largestOf(self.levels, firstLine, lastLine);
  return line + self.bendBound * largestOf(self.bends, first, last) > floor;
}

/** Makes the first frames of the loaded row the history of the next. */
export function advanceRow(self: PeakRows, input: usize, frameCount: i32): void {
  if (self.isGuest) return;
  const historyBytes = <usize>self.historyFrames << 2;
  memory.copy(input - historyBytes, input - historyBytes + (<usize>frameCount << 2), historyBytes);
}

// @ts-ignore: decorator
@inline
function largestOf(values: usize, first: i32, last: i32): f32 {
  let largest: f32 = 0;
  for (let block = first; block <= last; block++) largest = max(largest, load<f32>(values + (<usize>block << 2)));
  return largest;
}

/** Fills `bends` for the blocks [first, last] where that was not done yet; they are asked for in order. */
function bendBlocks(self: PeakRows, row: usize, first: i32, last: i32): void {
  const two = f32x4.splat(2);
  for (let index = max(first, self.bentBlocks); index <= last; index++) {
    const block = row + (<usize>index << (blockShift + 2));
    let bend = f32x4.splat(0);
    // The first two second differences of a row are never asked for.
    for (let at = max(block, row + 16); at < block + blockBytes; at += 16) {
      const x = v128.load(at);
      const difference = f32x4.add(f32x4.sub(x, f32x4.mul(two, v128.load(at - 4))), v128.load(at - 8));
      bend = f32x4.pmax(bend, f32x4.abs(difference));
    }
    store<f32>(self.bends + (<usize>index << 2), maxLane(bend));
  }
  self.bentBlocks = last + 1;
}
