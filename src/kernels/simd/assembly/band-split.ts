import { allocate } from './memory';
import { lineToRows, quadBytes, rowsToLine } from './row-frames';

/** Frames of a round at most. */
const capacityFrames: i32 = 1024;
/** A cache line more than the frames, so that rows do not compete for the same lines of the cache. */
const rowBytes: usize = (capacityFrames << 2) + 64;
/** Frames that go through all filters at once: in float64, four channels and four bands of them fit the first cache. */
const lineFrames: i32 = 128;
const lineBytes: usize = quadBytes * lineFrames + 64;
/** Of a step: w1, w2, v1, v2 of four channels. */
const stateBytes: usize = 4 * quadBytes;
/** States below this are set to zero. */
const smallestState: f64 = 1e-20;

/** A step of the plan. */
@unmanaged
class Step {
  isSplit: i32;
  crossover: i32;
  from: i32;
  to: i32;
}

/** State of one split. The filters are recursive: their lanes are channels. */
@unmanaged
class BandSplit {
  channelCount: i32;
  groupCount: i32;
  bandCount: i32;
  stepCount: i32;
  detectorCount: i32;
  /** Frames since the states were last flushed. */
  position: i32;
  /** [crossover][gain squared, a1, a2], float64. */
  crossovers: usize;
  steps: usize;
  /** [group of four channels][step][w1, w2, v1, v2][4], float64. */
  states: usize;
  /** [band][frame][4], float64. */
  lines: usize;
  /** [channel, whole groups][frame], float32, as all that follow. */
  inputs: usize;
  /** [band][channel, whole groups][frame] */
  bands: usize;
  /** [detector][band][frame] */
  powers: usize;
  /** [set][band][frame] */
  gains: usize;
  /** [frame] */
  weights: usize;
  output: usize;
}

/** Allocates a split. */
export function createBandSplit(
  channelCount: i32,
  crossoverCount: i32,
  stepCount: i32,
  detectorCount: i32,
  gainSetCount: i32,
): usize {
  const self = changetype<BandSplit>(allocate(offsetof<BandSplit>()));
  const groupCount = (channelCount + 3) >> 2, bandCount = crossoverCount + 1;
  self.channelCount = channelCount;
  self.groupCount = groupCount;
  self.bandCount = bandCount;
  self.stepCount = stepCount;
  self.detectorCount = detectorCount;
  self.crossovers = allocate(24 * crossoverCount);
  self.steps = allocate(offsetof<Step>() * stepCount);
  self.states = allocate(stateBytes * stepCount * groupCount);
  self.lines = allocate(lineBytes * bandCount);
  self.inputs = allocate(4 * rowBytes * groupCount);
  self.bands = allocate(4 * rowBytes * groupCount * bandCount);
  self.powers = allocate(rowBytes * detectorCount * bandCount);
  self.gains = allocate(rowBytes * gainSetCount * bandCount);
  self.weights = allocate(rowBytes);
  self.output = allocate(rowBytes);
  return changetype<usize>(self);
}

/** Frames that one round takes at most. */
export function bandSplitCapacityFrames(): i32 {
  return capacityFrames;
}

/** Sets a crossover. */
export function bandSplitSetCrossover(split: usize, crossover: i32, gain: f64, a1: f64, a2: f64): void {
  const address = changetype<BandSplit>(split).crossovers + 24 * crossover;
  store<f64>(address, gain * gain);
  store<f64>(address, a1, 8);
  store<f64>(address, a2, 16);
}

/** Sets a step of the plan. */
export function bandSplitSetStep(
  split: usize,
  index: i32,
  isSplit: bool,
  crossover: i32,
  from: i32,
  to: i32,
): void {
  const step = stepAt(changetype<BandSplit>(split), index);
  step.isSplit = isSplit;
  step.crossover = crossover;
  step.from = from;
  step.to = to;
}

// @ts-ignore: decorator
@inline
function stepAt(self: BandSplit, index: i32): Step {
  return changetype<Step>(self.steps + offsetof<Step>() * index);
}

/** Where a channel goes [frame]. */
export function bandSplitInput(split: usize, channel: i32): usize {
  return changetype<BandSplit>(split).inputs + rowBytes * channel;
}

/** A band of a channel [frame]. */
export function bandSplitBand(split: usize, band: i32, channel: i32): usize {
  const self = changetype<BandSplit>(split);
  return self.bands + rowBytes * (4 * self.groupCount * band + channel);
}

/** Where the weights of the channel that is measured next go [frame]. */
export function bandSplitWeights(split: usize): usize {
  return changetype<BandSplit>(split).weights;
}

/** What a detector hears of a band [frame]. */
export function bandSplitPowers(split: usize, detector: i32, band: i32): usize {
  const self = changetype<BandSplit>(split);
  return self.powers + rowBytes * (self.bandCount * detector + band);
}

/** Where the gains of a set go [frame]. */
export function bandSplitGains(split: usize, gainSet: i32, band: i32): usize {
  const self = changetype<BandSplit>(split);
  return self.gains + rowBytes * (self.bandCount * gainSet + band);
}

/** Where one channel comes out [frame]. */
export function bandSplitOutput(split: usize): usize {
  return changetype<BandSplit>(split).output;
}

/** Splits the inputs. */
export function bandSplitRun(split: usize, frameCount: i32): void {
  const self = changetype<BandSplit>(split);
  for (let from = 0, to = 0; from < frameCount; from = to) {
    to = min(frameCount, from + lineFrames - self.position);
    for (let group = 0; group < self.groupCount; group++) runGroup(self, group, from, to - from);
    self.position = (self.position + to - from) & (lineFrames - 1);
    if (self.position === 0) flush(self);
  }
}

function runGroup(self: BandSplit, group: i32, from: i32, frameCount: i32): void {
  const first = <usize>from << 2;
  rowsToLine(self.inputs + 4 * rowBytes * group + first, rowBytes, self.lines, frameCount);
  let state = self.states + stateBytes * self.stepCount * group;
  for (let index = 0; index < self.stepCount; index++, state += stateBytes) {
    const step = stepAt(self, index);
    const crossover = self.crossovers + 24 * step.crossover;
    const line = self.lines + lineBytes * step.from, end = line + quadBytes * frameCount;
    if (step.isSplit) divide(state, crossover, line, end, lineBytes * (step.to - step.from));
    else turn(state, crossover, line, end);
  }
  for (let band = 0; band < self.bandCount; band++) {
    const row = self.bands + 4 * rowBytes * (self.groupCount * band + group) + first;
    lineToRows(self.lines + lineBytes * band, row, rowBytes, frameCount);
  }
}

/** x - a2 w2 - a1 w1: in this order only the last product waits for the sample before. */
// @ts-ignore: decorator
@inline
function pole(x: v128, a1: v128, a2: v128, w1: v128, w2: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(a2, w2)), f64x2.mul(a1, w1));
}

/** a2 w + a1 w1 + w2 */
// @ts-ignore: decorator
@inline
function allPass(w: v128, a1: v128, a2: v128, w1: v128, w2: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(a2, w), f64x2.mul(a1, w1)), w2);
}

/** w + 2 w1 + w2 */
// @ts-ignore: decorator
@inline
function zeros(w: v128, w1: v128, w2: v128): v128 {
  return f64x2.add(f64x2.add(w, w2), f64x2.add(w1, w1));
}

/**
 * Low-pass of the fourth order in place; what the all-pass has more goes to the line `high` bytes on. Two pairs of
 * channels side by side, so that their latencies overlap.
 */
function divide(state: usize, crossover: usize, line: usize, end: usize, high: usize): void {
  const gain = v128.load64_splat(crossover), a1 = v128.load64_splat(crossover, 8), a2 = v128.load64_splat(crossover, 16);
  let w1 = v128.load(state), w2 = v128.load(state, 32), v1 = v128.load(state, 64), v2 = v128.load(state, 96);
  let t1 = v128.load(state, 16), t2 = v128.load(state, 48), u1 = v128.load(state, 80), u2 = v128.load(state, 112);
  for (let x = line; x < end; x += quadBytes) {
    const w = pole(v128.load(x), a1, a2, w1, w2), t = pole(v128.load(x, 16), a1, a2, t1, t2);
    const v = pole(zeros(w, w1, w2), a1, a2, v1, v2), u = pole(zeros(t, t1, t2), a1, a2, u1, u2);
    const low = f64x2.mul(gain, zeros(v, v1, v2)), otherLow = f64x2.mul(gain, zeros(u, u1, u2));
    v128.store(x, low), v128.store(x, otherLow, 16);
    v128.store(x + high, f64x2.sub(allPass(w, a1, a2, w1, w2), low));
    v128.store(x + high, f64x2.sub(allPass(t, a1, a2, t1, t2), otherLow), 16);
    w2 = w1, w1 = w, v2 = v1, v1 = v;
    t2 = t1, t1 = t, u2 = u1, u1 = u;
  }
  v128.store(state, w1), v128.store(state, w2, 32), v128.store(state, v1, 64), v128.store(state, v2, 96);
  v128.store(state, t1, 16), v128.store(state, t2, 48), v128.store(state, u1, 80), v128.store(state, u2, 112);
}

/** All-pass in place. */
function turn(state: usize, crossover: usize, line: usize, end: usize): void {
  const a1 = v128.load64_splat(crossover, 8), a2 = v128.load64_splat(crossover, 16);
  let w1 = v128.load(state), w2 = v128.load(state, 32), t1 = v128.load(state, 16), t2 = v128.load(state, 48);
  for (let x = line; x < end; x += quadBytes) {
    const w = pole(v128.load(x), a1, a2, w1, w2), t = pole(v128.load(x, 16), a1, a2, t1, t2);
    v128.store(x, allPass(w, a1, a2, w1, w2)), v128.store(x, allPass(t, a1, a2, t1, t2), 16);
    w2 = w1, w1 = w, t2 = t1, t1 = t;
  }
  v128.store(state, w1), v128.store(state, w2, 32), v128.store(state, t1, 16), v128.store(state, t2, 48);
}

function flush(self: BandSplit): void {
  const end = self.states + stateBytes * self.stepCount * self.groupCount;
  for (let state = self.states; state < end; state += 16) {
    const value = v128.load(state);
    v128.store(state, v128.and(value, f64x2.ge(f64x2.abs(value), f64x2.splat(smallestState))));
  }
}

/** Lets detectors hear nothing. */
export function bandSplitClearPowers(split: usize): void {
  const self = changetype<BandSplit>(split);
  memory.fill(self.powers, 0, rowBytes * self.detectorCount * self.bandCount);
}

/** Lets a detector hear the bands of a channel, through the weights that were set where it is weighted. */
export function bandSplitMeasure(
  split: usize,
  channel: i32,
  detector: i32,
  isWeighted: bool,
  isSum: bool,
  frameCount: i32,
): void {
  const self = changetype<BandSplit>(split);
  const length = <usize>frameCount << 2;
  for (let band = 0; band < self.bandCount; band++) {
    const samples = bandSplitBand(split, band, channel), powers = bandSplitPowers(split, detector, band);
    for (let at: usize = 0; at < length; at += 16) {
      let x = v128.load(samples + at);
      if (isWeighted) x = f32x4.mul(x, v128.load(self.weights + at));
      const power = f32x4.mul(x, x), heard = v128.load(powers + at);
      v128.store(powers + at, isSum ? f32x4.add(heard, power) : f32x4.pmax(heard, power));
    }
  }
}

/** Sums the bands of a channel with the gains of a set. */
export function bandSplitSum(split: usize, channel: i32, gainSet: i32, frameCount: i32): void {
  const self = changetype<BandSplit>(split);
  const bandBytes = 4 * rowBytes * self.groupCount, length = <usize>frameCount << 2;
  const firstBand = bandSplitBand(split, 0, channel), firstGains = bandSplitGains(split, gainSet, 0);
  for (let at: usize = 0; at < length; at += 16) {
    let band = firstBand + at, gains = firstGains + at;
    let sum = f32x4.mul(v128.load(gains), v128.load(band));
    for (let left = self.bandCount - 1; left > 0; left--) {
      band += bandBytes, gains += rowBytes;
      sum = f32x4.add(sum, f32x4.mul(v128.load(gains), v128.load(band)));
    }
    v128.store(self.output + at, sum);
  }
}

/** Zeroes all states. */
export function bandSplitReset(split: usize): void {
  const self = changetype<BandSplit>(split);
  self.position = 0;
  memory.fill(self.states, 0, stateBytes * self.stepCount * self.groupCount);
}
