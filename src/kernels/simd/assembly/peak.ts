import { allocate } from './memory';
import { PeakRows, advanceRow, blockCanExceed, blockFrames, initPeakRows, peakRow, raiseFrom, rowCanExceed } from './peak-rows';
import { firstLanes, maxLane } from './vector';

/** State of one peak meter; arrays are float32. */
@unmanaged
class Peak extends PeakRows {
  /** Interpolated magnitudes of one block. */
  magnitudes: usize;
  /** Phases in mirrored pairs: [two pairs][half tap][even 0, odd 0, even 1, odd 1]. */
  foldedGroups: i32;
  folded: usize;
  /** Phases without a mirror image: [four phases][tap][phase]. */
  plainGroups: i32;
  plain: usize;
}

/** Allocates a peak meter; the caller sets the bounds and fills the two coefficient tables. */
export function createPeak(channelCount: i32, tapCount: i32, foldedGroups: i32, plainGroups: i32): usize {
  const peak = changetype<Peak>(allocate(offsetof<Peak>()));
  initPeakRows(peak, channelCount, tapCount);
  peak.magnitudes = allocate(<usize>blockFrames << 2);
  peak.foldedGroups = foldedGroups;
  peak.folded = allocate((<usize>foldedGroups * ((tapCount + 1) >> 1)) << 4);
  peak.plainGroups = plainGroups;
  peak.plain = allocate((<usize>plainGroups * tapCount) << 4);
  return changetype<usize>(peak);
}

/** Coefficients of the mirrored pairs. */
export function peakFolded(peak: usize): usize {
  return changetype<Peak>(peak).folded;
}

/** Coefficients of the other phases. */
export function peakPlain(peak: usize): usize {
  return changetype<Peak>(peak).plain;
}

/** Largest of `largest` and the interpolated magnitudes of the channel's loaded frames; then those are history. */
export function peakMaximum(peak: usize, channel: i32, frameCount: i32, largest: f32): f32 {
  const self = changetype<Peak>(peak);
  const input = peakRow(peak, channel);
  if (rowCanExceed(self, largest)) {
    for (let start = 0; start < frameCount; start += blockFrames) {
      if (!blockCanExceed(self, input, start, largest)) continue;
      const count = min(blockFrames, frameCount - start);
      interpolate(self, input + (<usize>start << 2), count);
      let lanes = f32x4.splat(largest);
      for (let i = 0; i < count; i += 4) {
        const magnitude = v128.and(v128.load(self.magnitudes + (<usize>i << 2)), firstLanes(count - i));
        lanes = f32x4.pmax(lanes, magnitude);
      }
      largest = maxLane(lanes);
    }
  }
  advanceRow(self, input, frameCount);
  return largest;
}

/** Raises the envelope to the channel's interpolated magnitudes above `floor`; then its loaded frames are history. */
export function peakRaiseEnvelope(peak: usize, channel: i32, frameCount: i32, floor: f32): void {
  const self = changetype<Peak>(peak);
  const input = peakRow(peak, channel);
  if (rowCanExceed(self, floor)) {
    for (let start = 0; start < frameCount; start += blockFrames) {
      if (!blockCanExceed(self, input, start, floor)) continue;
      raiseFrom(self, frameCount, floor);
      const count = min(blockFrames, frameCount - start);
      interpolate(self, input + (<usize>start << 2), count);
      const envelope = self.envelope + (<usize>start << 2);
      for (let i: usize = 0; i < <usize>count << 2; i += 16) {
        v128.store(envelope + i, f32x4.pmax(v128.load(envelope + i), v128.load(self.magnitudes + i)));
      }
    }
  }
  advanceRow(self, input, frameCount);
}

/** Writes the largest magnitude over all phases for each frame from x on, `count` rounded up to eight. */
function interpolate(self: Peak, x: usize, count: i32): void {
  const halfTaps = (self.tapCount + 1) >> 1;
  for (let i = 0; i < count; i += 8) {
    const at = x + (<usize>i << 2);
    const out = self.magnitudes + (<usize>i << 2);
    v128.store(out, f32x4.splat(0));
    v128.store(out, f32x4.splat(0), 16);
    let c = self.folded;
    for (let group = 0; group < self.foldedGroups; group++, c += <usize>halfTaps << 4) {
      raiseFolded(at, c, halfTaps, self.tapCount, out);
    }
    c = self.plain;
    for (let group = 0; group < self.plainGroups; group++, c += <usize>self.tapCount << 4) {
      raisePlain(at, c, self.tapCount, out);
    }
  }
}

/** Raises the four magnitudes at `out` to a and b, lane by lane; NaN does not count. */
// @ts-ignore: decorator
@inline
function raise(out: usize, a: v128, b: v128): void {
  v128.store(out, f32x4.pmax(f32x4.pmax(v128.load(out), a), b));
}

/**
 * Two mirrored pairs of phases over eight frames. With the sums a and differences b of the samples at equal
 * distance from the middle, a phase is E + O and its mirror image E - O: half the products, and the larger
 * magnitude is |E| + |O|.
 */
function raiseFolded(x: usize, c: usize, halfTaps: i32, tapCount: i32, out: usize): void {
  let e0 = f32x4.splat(0), o0 = e0, e1 = e0, o1 = e0;
  let f0 = e0, p0 = e0, f1 = e0, p1 = e0;
  let newer = x, older = x - (<usize>(tapCount - 1) << 2);
  for (const end = c + (<usize>halfTaps << 4); c < end; c += 16, newer -= 4, older += 4) {
    const even0 = v128.load32_splat(c), odd0 = v128.load32_splat(c, 4);
    const even1 = v128.load32_splat(c, 8), odd1 = v128.load32_splat(c, 12);
    let p = v128.load(newer), q = v128.load(older);
    let a = f32x4.add(p, q), b = f32x4.sub(p, q);
    e0 = f32x4.add(e0, f32x4.mul(a, even0));
    o0 = f32x4.add(o0, f32x4.mul(b, odd0));
    e1 = f32x4.add(e1, f32x4.mul(a, even1));
    o1 = f32x4.add(o1, f32x4.mul(b, odd1));
    p = v128.load(newer, 16), q = v128.load(older, 16);
    a = f32x4.add(p, q), b = f32x4.sub(p, q);
    f0 = f32x4.add(f0, f32x4.mul(a, even0));
    p0 = f32x4.add(p0, f32x4.mul(b, odd0));
    f1 = f32x4.add(f1, f32x4.mul(a, even1));
    p1 = f32x4.add(p1, f32x4.mul(b, odd1));
  }
  raise(out, f32x4.add(f32x4.abs(e0), f32x4.abs(o0)), f32x4.add(f32x4.abs(e1), f32x4.abs(o1)));
  raise(out + 16, f32x4.add(f32x4.abs(f0), f32x4.abs(p0)), f32x4.add(f32x4.abs(f1), f32x4.abs(p1)));
}

/** Four phases without symmetry over eight frames. */
function raisePlain(x: usize, c: usize, tapCount: i32, out: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (const end = c + (<usize>tapCount << 4); c < end; c += 16, x -= 4) {
    const c0 = v128.load32_splat(c), c1 = v128.load32_splat(c, 4);
    const c2 = v128.load32_splat(c, 8), c3 = v128.load32_splat(c, 12);
    const p = v128.load(x), q = v128.load(x, 16);
    a0 = f32x4.add(a0, f32x4.mul(p, c0));
    a1 = f32x4.add(a1, f32x4.mul(p, c1));
    a2 = f32x4.add(a2, f32x4.mul(p, c2));
    a3 = f32x4.add(a3, f32x4.mul(p, c3));
    b0 = f32x4.add(b0, f32x4.mul(q, c0));
    b1 = f32x4.add(b1, f32x4.mul(q, c1));
    b2 = f32x4.add(b2, f32x4.mul(q, c2));
    b3 = f32x4.add(b3, f32x4.mul(q, c3));
  }
  raise(out, f32x4.abs(a0), f32x4.abs(a1));
  raise(out, f32x4.abs(a2), f32x4.abs(a3));
  raise(out + 16, f32x4.abs(b0), f32x4.abs(b1));
  raise(out + 16, f32x4.abs(b2), f32x4.abs(b3));
}
