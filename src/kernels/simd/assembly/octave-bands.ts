import { allocate } from './memory';
import { flushTiny, interleaveHigh, interleaveLow, joinHigh, joinLow } from './vector';

/** Frames of one call at most: a group's samples of a stage fit the fastest cache. */
const capacityFrames: i32 = 1024;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;
/** Filter states below this are set to zero: denormal numbers would cost many times the time. */
const smallestState: f32 = 1e-20;
/** Samples of a stage from one flush to the next. */
const flushFrames: i32 = 32;
const sectionCount: i32 = 3;

/** State of one kernel. A vector holds the same of four channels, a group. */
@unmanaged
class OctaveBands {
  groupCount: i32;
  bandCount: i32;
  stageCount: i32;
  tapCount: i32;
  historyBytes: usize;
  /** [channel][frame], float32. */
  inputs: usize;
  /** [group][stage][history, then frames], vectors. */
  samples: usize;
  stageBytes: usize;
  /** [tap], vectors. */
  taps: usize;
  /** [band][stage, whether high pass], int32. */
  bandStages: usize;
  /** [band][gain, then a1 and a2 of each section], vectors. */
  coefficients: usize;
  /** [group][band][section][2], vectors. */
  states: usize;
  /** [group][band][4 channels], float64. */
  energies: usize;
  /** Number of the next sample, of which only the lowest bits are of use [stage], int32. */
  positions: usize;
}

const coefficientBytes: usize = (1 + 2 * sectionCount) << 4;
const stateBytes: usize = (2 * sectionCount) << 4;

/** Allocates a kernel. */
export function createOctaveBands(channelCount: i32, bandCount: i32, stageCount: i32, tapCount: i32): usize {
  const self = changetype<OctaveBands>(allocate(offsetof<OctaveBands>()));
  self.groupCount = (channelCount + 3) >> 2;
  self.bandCount = bandCount;
  self.stageCount = stageCount;
  self.tapCount = tapCount;
  self.historyBytes = <usize>(4 * tapCount - 2) << 4;
  self.inputs = allocate(rowBytes * (4 * self.groupCount));
  self.stageBytes = self.historyBytes + (<usize>capacityFrames << 4);
  self.samples = allocate(self.stageBytes * (self.groupCount * stageCount));
  self.taps = allocate(<usize>tapCount << 4);
  self.bandStages = allocate(<usize>bandCount << 3);
  self.coefficients = allocate(coefficientBytes * bandCount);
  self.states = allocate(stateBytes * (self.groupCount * bandCount));
  self.energies = allocate(<usize>(self.groupCount * bandCount) << 5);
  self.positions = allocate(<usize>stageCount << 2);
  return changetype<usize>(self);
}

/** Frames that one call takes at most. */
export function octaveCapacityFrames(): i32 {
  return capacityFrames;
}

/** Where the frames of a channel go. */
export function octaveInput(bands: usize, channel: i32): usize {
  return changetype<OctaveBands>(bands).inputs + rowBytes * channel;
}

/** Energies [group][band][channel of the group], float64. */
export function octaveEnergies(bands: usize): usize {
  return changetype<OctaveBands>(bands).energies;
}

/** Sets a tap of the half-band filter. */
export function octaveSetTap(bands: usize, tap: i32, value: f32): void {
  v128.store(changetype<OctaveBands>(bands).taps + (<usize>tap << 4), f32x4.splat(value));
}

/** Sets stage, kind and gain of a band. */
export function octaveSetBand(bands: usize, band: i32, stage: i32, isHighPass: i32, gain: f32): void {
  const self = changetype<OctaveBands>(bands);
  const at = self.bandStages + (<usize>band << 3);
  store<i32>(at, stage), store<i32>(at, isHighPass, 4);
  v128.store(self.coefficients + coefficientBytes * band, f32x4.splat(gain));
}

/** Sets the recursive coefficients of a section. */
export function octaveSetSection(bands: usize, band: i32, section: i32, a1: f32, a2: f32): void {
  const at = changetype<OctaveBands>(bands).coefficients + coefficientBytes * band + (<usize>(1 + 2 * section) << 4);
  v128.store(at, f32x4.splat(a1)), v128.store(at, f32x4.splat(a2), 16);
}

/** Adds the energy of the first frames of all rows. */
export function octaveAccumulate(bands: usize, frameCount: i32): void {
  const self = changetype<OctaveBands>(bands);
  for (let group = 0; group < self.groupCount; group++) {
    let row = self.samples + self.stageBytes * (group * self.stageCount);
    interleave(self.inputs + rowBytes * (4 * group), row + self.historyBytes, frameCount);
    let count = frameCount;
    for (let stage = 0; stage < self.stageCount; stage++, row += self.stageBytes) {
      for (let band = 0; band < self.bandCount; band++) {
        if (load<i32>(self.bandStages + (<usize>band << 3)) !== stage) continue;
        accumulateBand(self, group, band, stage, row + self.historyBytes, count);
      }
      const parity = load<i32>(self.positions + (<usize>stage << 2)) & 1;
      if (stage + 1 < self.stageCount) halve(self, row, count, parity);
      memory.copy(row, row + (<usize>count << 4), self.historyBytes);
      count = (count - parity + 1) >> 1;
    }
  }
  let count = frameCount;
  for (let stage = 0; stage < self.stageCount; stage++) {
    const at = self.positions + (<usize>stage << 2);
    const position = load<i32>(at);
    store<i32>(at, position + count);
    count = (count - (position & 1) + 1) >> 1;
  }
}

/** Forgets all audio. */
export function octaveReset(bands: usize): void {
  const self = changetype<OctaveBands>(bands);
  memory.fill(self.states, 0, stateBytes * (self.groupCount * self.bandCount));
  memory.fill(self.samples, 0, self.stageBytes * (self.groupCount * self.stageCount));
  memory.fill(self.positions, 0, <usize>self.stageCount << 2);
}

/** Four rows of samples to vectors, rounded up to four frames. */
function interleave(rows: usize, out: usize, frameCount: i32): void {
  for (let at: usize = 0; at < <usize>frameCount << 2; at += 16, out += 64) {
    const a = flushTiny(v128.load(rows + at)), b = flushTiny(v128.load(rows + rowBytes + at));
    const c = flushTiny(v128.load(rows + 2 * rowBytes + at)), d = flushTiny(v128.load(rows + 3 * rowBytes + at));
    const ab = interleaveLow(a, b), cd = interleaveLow(c, d);
    v128.store(out, joinLow(ab, cd)), v128.store(out, joinHigh(ab, cd), 16);
    const ab2 = interleaveHigh(a, b), cd2 = interleaveHigh(c, d);
    v128.store(out, joinLow(ab2, cd2), 32), v128.store(out, joinHigh(ab2, cd2), 48);
  }
}

/** Adds the energy of a band over `count` vectors from x on, in runs from one flush to the next. */
function accumulateBand(self: OctaveBands, group: i32, band: i32, stage: i32, x: usize, count: i32): void {
  const index = group * self.bandCount + band;
  const states = self.states + stateBytes * index;
  const isHighPass = load<i32>(self.bandStages + (<usize>band << 3), 4) !== 0;
  const coefficients = self.coefficients + coefficientBytes * band;
  const energies = self.energies + (<usize>index << 5);
  let position = load<i32>(self.positions + (<usize>stage << 2));
  while (count > 0) {
    const place = position & (flushFrames - 1);
    if (place === 0) flush(states);
    const run = min(flushFrames - place, count);
    if (isHighPass) filterHigh(coefficients, states, energies, x, run);
    else filter(coefficients, states, energies, x, run);
    x += <usize>run << 4, position += run, count -= run;
  }
}

/** Zeroes the small ones among the states of a band. */
function flush(states: usize): void {
  for (let state = states; state < states + stateBytes; state += 16) {
    const value = v128.load(state);
    // NaN is kept: it is not below.
    v128.store(state, v128.andnot(value, f32x4.lt(f32x4.abs(value), f32x4.splat(smallestState))));
  }
}

/** Three sections in transposed direct form II over `count` vectors from x on, then the squares. */
function filter(c: usize, states: usize, energies: usize, x: usize, count: i32): void {
  const gain = v128.load(c);
  const a1 = v128.load(c, 16), a2 = v128.load(c, 32), b1 = v128.load(c, 48);
  const b2 = v128.load(c, 64), c1 = v128.load(c, 80), c2 = v128.load(c, 96);
  let s1 = v128.load(states), s2 = v128.load(states, 16), t1 = v128.load(states, 32);
  let t2 = v128.load(states, 48), u1 = v128.load(states, 64), u2 = v128.load(states, 80);
  let low = v128.load(energies), high = v128.load(energies, 16);
  for (const end = x + (<usize>count << 4); x < end; x += 16) {
    const input = f32x4.mul(gain, v128.load(x));
    const y = f32x4.add(input, s1);
    s1 = f32x4.sub(s2, f32x4.mul(a1, y));
    s2 = f32x4.neg(f32x4.add(input, f32x4.mul(a2, y)));
    const z = f32x4.add(y, t1);
    t1 = f32x4.sub(t2, f32x4.mul(b1, z));
    t2 = f32x4.neg(f32x4.add(y, f32x4.mul(b2, z)));
    const w = f32x4.add(z, u1);
    u1 = f32x4.sub(u2, f32x4.mul(c1, w));
    u2 = f32x4.neg(f32x4.add(z, f32x4.mul(c2, w)));
    const first = f64x2.promote_low_f32x4(w), last = f64x2.promote_low_f32x4(joinHigh(w, w));
    low = f64x2.add(low, f64x2.mul(first, first)), high = f64x2.add(high, f64x2.mul(last, last));
  }
  v128.store(states, s1), v128.store(states, s2, 16), v128.store(states, t1, 32);
  v128.store(states, t2, 48), v128.store(states, u1, 64), v128.store(states, u2, 80);
  v128.store(energies, low), v128.store(energies, high, 16);
}

/** The same with high passes. */
function filterHigh(c: usize, states: usize, energies: usize, x: usize, count: i32): void {
  const gain = v128.load(c);
  const a1 = v128.load(c, 16), a2 = v128.load(c, 32), b1 = v128.load(c, 48);
  const b2 = v128.load(c, 64), c1 = v128.load(c, 80), c2 = v128.load(c, 96);
  let s1 = v128.load(states), s2 = v128.load(states, 16), t1 = v128.load(states, 32);
  let t2 = v128.load(states, 48), u1 = v128.load(states, 64), u2 = v128.load(states, 80);
  let low = v128.load(energies), high = v128.load(energies, 16);
  for (const end = x + (<usize>count << 4); x < end; x += 16) {
    const input = f32x4.mul(gain, v128.load(x));
    const y = f32x4.add(input, s1);
    s1 = f32x4.sub(f32x4.sub(s2, f32x4.add(input, input)), f32x4.mul(a1, y));
    s2 = f32x4.sub(input, f32x4.mul(a2, y));
    const z = f32x4.add(y, t1);
    t1 = f32x4.sub(f32x4.sub(t2, f32x4.add(y, y)), f32x4.mul(b1, z));
    t2 = f32x4.sub(y, f32x4.mul(b2, z));
    const w = f32x4.add(z, u1);
    u1 = f32x4.sub(f32x4.sub(u2, f32x4.add(z, z)), f32x4.mul(c1, w));
    u2 = f32x4.sub(z, f32x4.mul(c2, w));
    const first = f64x2.promote_low_f32x4(w), last = f64x2.promote_low_f32x4(joinHigh(w, w));
    low = f64x2.add(low, f64x2.mul(first, first)), high = f64x2.add(high, f64x2.mul(last, last));
  }
  v128.store(states, s1), v128.store(states, s2, 16), v128.store(states, t1, 32);
  v128.store(states, t2, 48), v128.store(states, u1, 64), v128.store(states, u2, 80);
  v128.store(energies, low), v128.store(energies, high, 16);
}

/** Every second sample of a stage, behind the half-band filter, becomes a sample of the next. */
function halve(self: OctaveBands, row: usize, count: i32, parity: i32): void {
  const span = self.historyBytes >> 1;
  let out = row + self.stageBytes + self.historyBytes;
  const half = f32x4.splat(0.5);
  const lastTap = self.taps + (<usize>self.tapCount << 4);
  const end = row + self.historyBytes + (<usize>count << 4);
  for (let at = row + self.historyBytes + (<usize>parity << 4); at < end; at += 32, out += 16) {
    const middle = at - span;
    let sum = f32x4.mul(half, v128.load(middle));
    let before = middle - 16, after = middle + 16;
    for (let tap = self.taps; tap < lastTap; tap += 16, before -= 32, after += 32) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(tap), f32x4.add(v128.load(before), v128.load(after))));
    }
    v128.store(out, sum);
  }
}
